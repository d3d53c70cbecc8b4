/**
 * For files written before their keys had today's names: a model's card and report are published beside its weights and
 * stay as they are.
 */
export function withNames(names: Readonly<Record<string, string>>): (value: unknown) => unknown {
  return (value) => {
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [names[key] ?? key, field]));
  };
}
