import { xRayFile } from '@lucency/dicom/samples';
import { expect, it } from 'vitest';
import { noAge } from './age';
import { newSubmissions } from './new-submission';

const pixels = { width: 8, height: 8, bits: 12, values: new Uint16Array(64) };

function fileOf(elements: { tag: number; vr: string; value: string }[]): File {
  return new File([new Uint8Array(xRayFile(pixels, { elements }))], 'IM0001');
}

it('fills in what the header of a DICOM file says', async () => {
  const file = fileOf([
    { tag: 0x00080050, vr: 'SH', value: 'A-17' },
    { tag: 0x00080022, vr: 'DA', value: '20260302' },
    { tag: 0x00100020, vr: 'LO', value: 'P-4711' },
    { tag: 0x00100030, vr: 'DA', value: '20231115' },
    { tag: 0x00401003, vr: 'SH', value: 'STAT' },
  ]);
  const [added] = await newSubmissions([file]);
  expect(added?.submission).toMatchObject({
    mediaType: 'application/dicom',
    reference: 'P-4711',
    age: { years: '2', months: '3', unknown: false },
    stat: true,
    dicom: {
      view: 'PA',
      accessionNumber: 'A-17',
      studyInstanceUid: '2.25.2',
      sopInstanceUid: '2.25.4',
      acquired: '2026-03-02',
    },
    phase: { at: 'draft' },
  });
});

it('asks for what the header leaves out', async () => {
  const [added] = await newSubmissions([fileOf([])]);
  expect(added?.submission).toMatchObject({ reference: '', age: noAge, stat: false });
});

it('leaves a file with a damaged header to the gateway, which says what is wrong', async () => {
  const bytes = new Uint8Array(160);
  bytes.set(new TextEncoder().encode('DICM'), 128);
  const [added] = await newSubmissions([new File([bytes], 'x.dcm')]);
  expect(added?.submission).toMatchObject({
    mediaType: 'application/dicom',
    dicom: null,
    phase: { at: 'draft' },
  });
});
