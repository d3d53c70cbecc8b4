import type { Code } from './codes.js';
import { ours } from './codes.js';
import { type DerivedKind, derivedUuid } from './uids.js';

export type Fhir = string | number | boolean | Fhir[] | FhirObject;
export interface FhirObject {
  [element: string]: Fhir;
}

/** A resource that is known by an identifier which follows from what it is of. */
export interface DerivedResource {
  fullUrl: string;
  /** `system|value`, as a search takes it. */
  query: string;
  resource: FhirObject;
}

const uriSystem = 'urn:ietf:rfc:3986';

const systems: Readonly<Record<Code[1], string>> = {
  DCM: 'http://dicom.nema.org/resources/ontology/DCM',
  SCT: 'http://snomed.info/sct',
  UCUM: 'http://unitsofmeasure.org',
  RFC5646: 'urn:ietf:bcp:47',
  UMLS: 'http://www.nlm.nih.gov/research/umls',
  [ours]: `urn:${ours.toLowerCase()}:codes`,
};

export function derivedResource(kind: DerivedKind, of: string, resource: FhirObject): DerivedResource {
  const value = `urn:uuid:${derivedUuid(kind, of)}`;
  const { resourceType = '', ...content } = resource;
  return {
    fullUrl: value,
    query: `${uriSystem}|${value}`,
    resource: { resourceType, identifier: [{ system: uriSystem, value }], ...content },
  };
}

export function concept([code, scheme, display]: Code, text: string = display): FhirObject {
  return { coding: [{ system: systems[scheme], code, display }], text };
}

/** Codes of the platform. */
export function ownConcept(codes: readonly string[], text?: string): FhirObject {
  const coding = codes.map((code) => ({ system: systems[ours], code }));
  return { coding, ...(text && { text }) };
}

/** A share, without units. */
export function ratio(value: number): FhirObject {
  return { value: Number(value.toFixed(6)), system: systems.UCUM, code: '1' };
}

export function byIdentifier(type: string, system: string, value: string): FhirObject {
  return { type, identifier: { system, value } };
}

/** The least that a person sees in a client that knows nothing of this resource. */
export function narrative(text: string): FhirObject {
  const escaped = text.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
  return { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${escaped}</div>` };
}
