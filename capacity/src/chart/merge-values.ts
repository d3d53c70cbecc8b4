export type Values = { readonly [key: string]: unknown };

/** As Helm merges values: maps key by key, anything else replaced by the later one, null taken away. */
export function mergeValues(earlier: Values, later: Values): Values {
  const merged: { [key: string]: unknown } = { ...earlier };
  for (const [key, value] of Object.entries(later)) {
    const before = merged[key];
    if (value === null) delete merged[key];
    else merged[key] = isMap(before) && isMap(value) ? mergeValues(before, value) : value;
  }
  return merged;
}

/** `keda.pollingSeconds=15` as values; the right side is read as YAML reads it. */
export function assignment(text: string, readYaml: (text: string) => unknown): Values {
  const at = text.indexOf('=');
  if (at < 1) throw new Error(`a setting reads path.to.value=VALUE, not ${text}`);
  const path = text.slice(0, at).split('.');
  return path.reduceRight<unknown>(
    (inner, key) => ({ [key]: inner }),
    readYaml(text.slice(at + 1)),
  ) as Values;
}

export function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
