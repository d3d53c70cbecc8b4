import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from '../check.js';
import { chartFolder } from '../places.js';
import { valuesTable } from '../values-table.js';

const readme = join(chartFolder, 'README.md');

async function content(): Promise<string> {
  const table = valuesTable(await readFile(join(chartFolder, 'values.yaml'), 'utf8'));
  return `# Values of the Lucency chart

Written from the comments in [values.yaml](values.yaml) by \`npm run test:chart -- --write-readme\`. What the chart makes of
them is in [deploy/helm](../README.md), how to install it in [docs/operations](../../../docs/operations/install.md).

${table}
`;
}

/** What `--write-readme` does. */
export async function writeReadme(): Promise<void> {
  await writeFile(readme, await content());
}

export const valuesReadme: Check = {
  name: "the chart's README tells of every value as it is",
  async faults() {
    const now = await readFile(readme, 'utf8').catch(() => '');
    return now === (await content()) ? [] : ['is stale: npm run test:chart -- --write-readme'];
  },
};
