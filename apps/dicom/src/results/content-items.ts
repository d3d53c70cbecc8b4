import { type Code, codeItem, codes } from './codes.js';
import type { Elements } from './elements.js';
import type { InstanceReference } from './facts.js';

type Relationship = 'CONTAINS' | 'HAS CONCEPT MOD' | 'HAS OBS CONTEXT' | 'HAS PROPERTIES';

/** Content items of a structured report (PS3.3, C.17.3). */
function item(
  type: 'TEXT' | 'CODE' | 'NUM' | 'UIDREF' | 'PNAME' | 'IMAGE' | 'CONTAINER',
  relationship: Relationship,
  name: Code | null,
  value: Elements,
  children: readonly Elements[] = [],
): Elements {
  return {
    RelationshipType: relationship,
    ValueType: type,
    ...(name && { ConceptNameCodeSequence: [codeItem(name)] }),
    ...value,
    ...(children.length > 0 && { ContentSequence: [...children] }),
  };
}

export function container(name: Code, children: readonly Elements[], templateId?: string): Elements {
  const template = templateId && {
    ContentTemplateSequence: [{ MappingResource: 'DCMR', TemplateIdentifier: templateId }],
  };
  return item('CONTAINER', 'CONTAINS', name, { ContinuityOfContent: 'SEPARATE', ...template }, children);
}

/** @param value of any length; empty ones are not written. */
export function text(name: Code, value: string, relationship: Relationship = 'CONTAINS'): Elements[] {
  return value === '' ? [] : [item('TEXT', relationship, name, { TextValue: value })];
}

export function code(
  name: Code,
  value: Code,
  relationship: Relationship = 'CONTAINS',
  children: readonly Elements[] = [],
): Elements {
  return item('CODE', relationship, name, { ConceptCodeSequence: [codeItem(value)] }, children);
}

/** A number between 0 and 1, without units. */
export function share(
  name: Code,
  value: number,
  relationship: Relationship = 'CONTAINS',
  children: readonly Elements[] = [],
): Elements {
  const measured = {
    NumericValue: decimalString(value),
    MeasurementUnitsCodeSequence: [codeItem(codes.noUnits)],
  };
  return item('NUM', relationship, name, { MeasuredValueSequence: [measured] }, children);
}

export function uid(name: Code, value: string, relationship: Relationship): Elements {
  return item('UIDREF', relationship, name, { UID: value });
}

export function personName(name: Code, value: string, relationship: Relationship): Elements {
  return item('PNAME', relationship, name, { PersonName: value });
}

export function image(reference: Pick<InstanceReference, 'sopClassUid' | 'sopInstanceUid'>): Elements {
  return item('IMAGE', 'CONTAINS', null, { ReferencedSOPSequence: [referenceTo(reference)] });
}

export function referenceTo({
  sopClassUid,
  sopInstanceUid,
}: Pick<InstanceReference, 'sopClassUid' | 'sopInstanceUid'>): Elements {
  return { ReferencedSOPClassUID: sopClassUid, ReferencedSOPInstanceUID: sopInstanceUid };
}

/** Six digits after the point are more than any calibration knows, and fit into 16 characters. */
function decimalString(value: number): string {
  return String(Number(value.toFixed(6)));
}
