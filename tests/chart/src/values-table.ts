export interface DescribedValue {
  /** As --set takes it: `gateway.databasePool`. */
  path: string;
  /** As values.yaml has it; empty for a group. */
  value: string;
  /** The comment beside it, or the lines above it. */
  says: string;
}

const entry = /^( *)([A-Za-z0-9]+):(?: (?!#)(.*?))?(?: +# (.*))?$/;

/** Reads values.yaml by its lines, since a table is about what stands beside each value; two spaces a level. */
export function describeValues(text: string): DescribedValue[] {
  const path: string[] = [];
  const described: DescribedValue[] = [];
  let above: string[] = [];
  for (const line of text.split('\n')) {
    const comment = /^ *# (.*)$/.exec(line)?.[1];
    if (comment !== undefined) {
      above.push(comment);
      continue;
    }
    const [, indent = '', key = '', value = '', beside] = entry.exec(line) ?? [];
    if (key) {
      path.splice(indent.length / 2, path.length, key);
      const says = beside ?? above.join(' ');
      // A group without a word of its own says nothing that its members do not say.
      if (value || says) described.push({ path: path.join('.'), value, says });
    }
    // Words above a gap are about what follows as a whole.
    above = [];
  }
  return described;
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

/** A table in Markdown with a row a value. */
export function valuesTable(text: string): string {
  const rows = describeValues(text).map(({ path, value, says }) => {
    const shown = value ? `\`${value}\`` : '';
    return `| \`${path}\` | ${cell(shown)} | ${cell(says)} |`;
  });
  return ['| Value | Default | What |', '|---|---|---|', ...rows].join('\n');
}
