import { expect, it } from 'vitest';
import { faithfulnessResult, heatmapResult, lungsResult, pneumoniaType, readingResult } from './results.js';

const older = {
  modelId: 'm',
  engine: 'onnx-int8',
  probability: 0.9,
  logit: 2,
  threshold: 0.5,
  decision: 'PNEUMONIA',
  evidence: new Array(49).fill(0),
  width: 300,
  height: 240,
  lungs: {
    box: { x: 0.1, y: 0.1, width: 0.8, height: 0.8 },
    coverage: 0.3,
    confidence: 0.97,
    mask: Buffer.alloc(98).toString('base64'),
    evidenceInside: null,
  },
};

it('takes readings of workers that draw no outlines and tell no types', () => {
  expect(readingResult.parse(older)).toMatchObject({ type: null, lungs: { outline: [] } });
});

it('takes scores of workers that name no method, and heatmaps of methods that only newer workers have', () => {
  const areas = { modelId: 'm', insertion: 0.9, deletion: 0.2 };
  expect(faithfulnessResult.parse(areas)).toMatchObject({ method: 'grad-cam', presentation: 'PLAIN' });
  const heatmap = { modelId: 'm', blobKey: 'a/b.png', width: 224, height: 224, colorMap: 'inferno', peak: 1 };
  expect(heatmapResult.parse({ ...heatmap, method: 'occlusion' })).toMatchObject({ method: 'occlusion' });
  expect(heatmapResult.safeParse({ ...heatmap, method: 'Not A Name' }).success).toBe(false);
});

it('takes no outline that leaves the picture', () => {
  const outside = { ...older.lungs, outline: [[{ x: 1.1, y: 0.5 }]] };
  expect(lungsResult.safeParse(outside).success).toBe(false);
});

it('takes a type whose fractions sum to 1, and no other', () => {
  const type = { normal: 0.2, bacterial: 0.5, viral: 0.3, says: 'BACTERIAL' };
  expect(pneumoniaType.safeParse(type).success).toBe(true);
  expect(pneumoniaType.safeParse({ ...type, viral: 0.5 }).success).toBe(false);
});
