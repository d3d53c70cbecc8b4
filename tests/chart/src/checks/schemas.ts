import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import type { Check } from '../check.js';
import { render } from '../helm.js';
import { schemasOfCrd, schemasOfSwagger } from '../kubernetes-schemas.js';
import { run } from '../run.js';
import { goModule, goTool } from '../tools/go.js';
import { toolFolder } from '../tools/tools.js';
import { goTools, schemaSources } from '../tools/versions.js';
import { valueSets } from '../value-sets.js';

type SchemaSource = (typeof schemaSources)[keyof typeof schemaSources];

/** kubeconform, with strict schemas of the very versions that are named; no schema is fetched, none is passed over. */
export const strictSchemas: Check[] = valueSets.map((values) => ({
  name: `Kubernetes ${schemaSources.kubernetes.version}, strictly: ${values.name}`,
  async faults() {
    const [kubeconform, schemas] = [await goTool(goTools.kubeconform), await schemaFolder()];
    const { text } = await render(values);
    const location = join(schemas, '{{ .ResourceKind }}{{ .KindSuffix }}.json');
    const { ok, output } = await run(kubeconform, ['-strict', '-schema-location', location, '-'], {
      input: text,
    });
    return ok ? [] : output.split('\n');
  },
}));

async function schemaFolder(): Promise<string> {
  const { kubernetes, ...resources } = schemaSources;
  const versions = [kubernetes, ...Object.values(resources)].map(({ version }) => version).join('-');
  const folder = toolFolder('schemas', versions);
  if (existsSync(folder)) return folder;
  const [swagger = '', ...crds] = (await Promise.all(Object.values(schemaSources).map(filesOf))).flat();
  const schemas = [schemasOfSwagger(JSON.parse(swagger)), ...crds.map((crd) => schemasOfCrd(parse(crd)))];
  await mkdir(dirname(folder), { recursive: true });
  const scratch = await mkdtemp(`${folder}.`);
  for (const [name, schema] of schemas.flatMap((each) => [...each])) {
    await writeFile(join(scratch, `${name}.json`), JSON.stringify(schema));
  }
  await rename(scratch, folder);
  return folder;
}

async function filesOf({ module, version, files }: SchemaSource): Promise<string[]> {
  const folder = await goModule(module, version);
  return Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
}
