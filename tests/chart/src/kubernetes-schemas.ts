import { z } from 'zod';

/** Any part of a JSON schema: an object whose members are what they are. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const kinds = z.array(z.object({ group: z.string(), version: z.string(), kind: z.string() }));
const swaggerFile = z.object({ definitions: z.record(z.string(), z.record(z.string(), z.json())) });
const crdFile = z.object({
  kind: z.literal('CustomResourceDefinition'),
  spec: z.object({
    group: z.string(),
    names: z.object({ kind: z.string() }),
    versions: z.array(
      z.object({
        name: z.string(),
        schema: z.object({ openAPIV3Schema: z.record(z.string(), z.json()) }),
      }),
    ),
  }),
});

/** `deployment-apps-v1`, as kubeconform asks for a schema by {{ .ResourceKind }}{{ .KindSuffix }}. */
export type Schemas = Map<string, Json>;

/**
 * Strict schemas of the built-in kinds, from Kubernetes' own swagger.json: nothing that is not described, as its API
 * server refuses it with `fieldValidation: Strict`. All definitions go into one document each; they are small enough.
 */
export function schemasOfSwagger(swagger: unknown): Schemas {
  const { definitions } = swaggerFile.parse(swagger);
  const strict: JsonObject = Object.fromEntries(
    Object.entries(definitions).map(([name, definition]) => [name, special[name] ?? strictly(definition)]),
  );
  const schemas: Schemas = new Map();
  for (const [name, definition] of Object.entries(definitions)) {
    const identities = kinds.safeParse(definition['x-kubernetes-group-version-kind']);
    if (!identities.success || !isObject(definition.properties) || !('kind' in definition.properties))
      continue;
    for (const { group, version, kind } of identities.data) {
      const needed = Object.fromEntries(reachable(name, strict).map((each) => [each, strict[each] ?? {}]));
      schemas.set(schemaName(kind, group, version), {
        $ref: `#/definitions/${name}`,
        definitions: needed,
      });
    }
  }
  return schemas;
}

/** The same of a custom resource, as its definition describes it. */
export function schemasOfCrd(document: unknown): Schemas {
  const { spec } = crdFile.parse(document);
  return new Map(
    spec.versions.map(({ name, schema }) => {
      const whole = strictly(schema.openAPIV3Schema);
      // Definitions leave metadata to the API server.
      if (isObject(whole) && isObject(whole.properties)) whole.properties.metadata = { type: 'object' };
      return [schemaName(spec.names.kind, spec.group, name), whole];
    }),
  );
}

/** kubeconform drops what follows the first dot of a group. */
function schemaName(kind: string, group: string, version: string): string {
  return [kind.toLowerCase(), group.split('.')[0], version].filter(Boolean).join('-');
}

/** Types that swagger calls strings although numbers are as good. */
const special: JsonObject = {
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { type: ['string', 'integer'] },
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { type: ['string', 'number'] },
};

function strictly(part: Json): Json {
  if (Array.isArray(part)) return part.map(strictly);
  if (!isObject(part)) return part;
  const result: JsonObject = Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, strictly(value)]),
  );
  if (part['x-kubernetes-int-or-string'] === true) return { type: ['string', 'integer'] };
  const isOpen = 'additionalProperties' in part || part['x-kubernetes-preserve-unknown-fields'] === true;
  if (isObject(part.properties) && !isOpen) result.additionalProperties = false;
  return result;
}

function reachable(name: string, definitions: JsonObject): string[] {
  const found = new Set([name]);
  const visit = (part: Json | undefined) => {
    if (Array.isArray(part)) part.forEach(visit);
    if (!isObject(part)) return;
    const target = typeof part.$ref === 'string' ? part.$ref.split('/').at(-1) : undefined;
    if (target && !found.has(target)) {
      found.add(target);
      visit(definitions[target]);
    }
    Object.values(part).forEach(visit);
  };
  visit(definitions[name]);
  return [...found];
}

function isObject(part: Json | undefined): part is JsonObject {
  return typeof part === 'object' && part !== null && !Array.isArray(part);
}
