/** `cpu=0.04,gpu=0.8` on top of the defaults. Throws on a name that is not among them, and on no number. */
export function readPairs<Name extends string>(
  text: string | undefined,
  defaults: Readonly<Record<Name, number>>,
): Record<Name, number> {
  const pairs: Record<Name, number> = { ...defaults };
  for (const pair of text?.split(',') ?? []) {
    const [name = '', value = ''] = pair.split('=');
    const known = (Object.keys(defaults) as Name[]).find((one) => one === name.trim());
    if (!known || !Number.isFinite(Number(value)) || value === '') {
      throw new Error(`${pair} should read NAME=NUMBER, with a NAME of ${Object.keys(defaults).join(', ')}`);
    }
    pairs[known] = Number(value);
  }
  return pairs;
}
