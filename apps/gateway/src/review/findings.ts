/** What a reviewer may find, with the concept of SNOMED CT where there is one. */
export const findings = {
  NORMAL: { name: 'No abnormality', snomed: '17621005' },
  PNEUMONIA: { name: 'Pneumonia', snomed: '233604007' },
  CONSOLIDATION: { name: 'Consolidation', snomed: '95436008' },
  PLEURAL_EFFUSION: { name: 'Pleural effusion', snomed: '60046008' },
  ATELECTASIS: { name: 'Atelectasis', snomed: '46621007' },
  PNEUMOTHORAX: { name: 'Pneumothorax', snomed: '36118008' },
  CARDIOMEGALY: { name: 'Cardiomegaly', snomed: '8186001' },
  /** Said in the comment. */
  OTHER: { name: 'Another finding', snomed: null },
  /** The pictures do not allow an answer. */
  NOT_ASSESSABLE: { name: 'Cannot be assessed', snomed: null },
} as const;

export type Finding = keyof typeof findings;

export function isFinding(code: string): code is Finding {
  return Object.hasOwn(findings, code);
}
