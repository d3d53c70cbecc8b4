import type { ElementToWrite } from '@lucency/dicom/samples';
import sharp from 'sharp';
import type { ResultToSend } from '../results/facts.js';
import { type DrawnInstance, drawInstance } from './drawn-instance.js';

export interface SampleResult {
  result: ResultToSend;
  original: DrawnInstance;
}

const named: readonly ElementToWrite[] = [
  { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 100' },
  { tag: 0x00080030, vr: 'TM', value: '101500' },
  { tag: 0x00080090, vr: 'PN', value: 'Ref^Physician' },
  { tag: 0x00100010, vr: 'PN', value: 'M\xfcller^Zo\xeb' },
  { tag: 0x00100040, vr: 'CS', value: 'F' },
  { tag: 0x00200010, vr: 'SH', value: 'S-17' },
];

/** A reading of a drawn image of nobody, with everything that a reading may come with. */
export async function sampleResult(changes: Partial<ResultToSend> = {}): Promise<SampleResult> {
  const original = drawInstance({ without: [0x00100010], more: named, patientId: 'P-4711', issuer: 'NORTH' });
  const result: ResultToSend = {
    readingId: '4b4c9f52-3f11-4a55-a4fd-9d4f9a0a4f10',
    imageId: '1f0f9a2e-98a5-46a2-8c45-9e3b6dd3c7a1',
    study: {
      studyInstanceUid: original.studyInstanceUid,
      accessionNumber: 'A-1',
      patientReference: 'P-4711',
      ageMonths: 29,
      siteName: 'Harbour North',
      timeZone: 'Europe/Berlin',
    },
    outcome: {
      kind: 'read',
      decision: 'PNEUMONIA',
      probability: 0.8712345678,
      threshold: 0.5,
      purpose: 'balanced',
      claims: [
        { coverage: 0.95, says: 'CANNOT_TELL' },
        { coverage: 0.9, says: 'PNEUMONIA' },
      ],
      cautions: [
        {
          code: 'MARGINS_CUT',
          sentence: 'Flat margins around the image were cut off before it was read.',
        },
      ],
      type: { says: 'UNCERTAIN', bacterial: 0.6, viral: 0.4 },
      evidenceInLungs: 0.93,
      model: { id: 'lucency-resnet50-lungs-1', version: '1' },
      engine: 'onnx-int8',
      readAt: new Date('2026-03-01T09:16:02Z'),
    },
    heatmap: {
      png: await sampleHeatmap(),
      presentation: 'PLAIN',
    },
    review: null,
    source: original.file,
    ...changes,
  };
  return { result, original };
}

export const sampleReview: NonNullable<ResultToSend['review']> = {
  number: 1,
  opinion: 'DISAGREE',
  finding: { code: 'NORMAL', name: 'No abnormality', snomed: '17621005' },
  comment: 'Overlying soft tissue, no consolidation.',
  signedAt: new Date('2026-03-01T11:00:00Z'),
  signedBy: 'Dr. Ada Example',
};

export const sampleRefusal: ResultToSend['outcome'] = {
  kind: 'not read',
  reason: { code: 'LUNGS_CUT_OFF', sentence: 'The lungs reach beyond the edge of this picture.' },
  at: new Date('2026-03-01T09:16:02Z'),
};

/** One spot in the strongest colour, the rest transparent. */
async function sampleHeatmap(): Promise<Uint8Array> {
  const [width, height] = [179, 224];
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 90; y < 150; y += 1)
    for (let x = 100; x < 140; x += 1) rgba.set([252, 255, 164, 217], 4 * (y * width + x));
  return sharp(rgba, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();
}
