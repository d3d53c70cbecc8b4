import { expect, it } from 'vitest';
import type { AuditLineFragment } from '../gql/graphql';
import { show, wordsOf } from '../testing/show';
import { AuditTable } from './audit-table';
import { everything } from './filters';

const viewed: AuditLineFragment = {
  id: 'a1',
  at: '2030-03-02T10:00:00Z',
  action: 'IMAGE_VIEWED',
  part: null,
  number: 7,
  studyId: 's1',
  person: { id: 'p1', name: 'Radiologist' },
  site: { id: 'n', name: 'North' },
  details: [],
};
const exported: AuditLineFragment = {
  ...viewed,
  id: 'a2',
  action: 'AUDIT_EXPORTED',
  studyId: null,
  site: null,
  details: [{ name: 'before', value: '2030-01-01' }],
};

it('says who saw what, narrows to a person or a study, and leads to the study', () => {
  const place = show(<AuditTable entries={[viewed, exported]} filters={everything} stale={false} />);
  const [, first, second] = [...place.querySelectorAll('tr')];
  expect(wordsOf(first ?? null)).toMatch(/Radiologist.*Viewed an image.*North.*Open.*Its entries/);
  expect([...(first?.querySelectorAll('a') ?? [])].map((link) => link.getAttribute('href'))).toEqual([
    '/audit?person=p1',
    '/studies/s1',
    '/audit?object=s1',
  ]);
  expect(wordsOf(second ?? null)).toMatch(/Exported the audit trail.*before: 2030-01-01.*All sites/);
});
