import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readableJson } from '@lucency/evaluation';
import { locateLungs } from '@lucency/model/lungs';
import { z } from 'zod';
import type { CaseAnswer } from './read-cases.js';

const share = z.number().min(0).max(1);
const caseReading = z.object({
  logit: z.number(),
  evidence: z.array(z.number()),
  shown: z.object({ x: share, y: share, width: share, height: share }),
  lungs: z.string().nullable(),
  evidenceInLungs: share.nullable(),
  cautions: z.array(z.string()),
});
const caseAnswer = z.object({ reading: caseReading.nullable(), refused: z.string().nullable() });
const keptReadings = z.object({
  version: z.literal(1),
  modelId: z.string(),
  engine: z.string(),
  /** The model that finds the lungs. */
  lungs: z.string(),
  /** By the first 16 digits of each image's sha256sum; no file, label or patient is named. */
  images: z.record(z.string(), caseAnswer),
});

/** What a model answered to images, so that the same question need not be asked again. */
export interface KeptReadings {
  get(image: string): CaseAnswer | undefined;
  put(image: string, answer: CaseAnswer): void;
  write(): Promise<void>;
}

/** Opens the answers in a file; those of other models or another engine, or in another form, are not used. */
export async function openReadings(
  file: string,
  engine: { readonly modelId: string; readonly name: string },
): Promise<KeptReadings> {
  const by = { modelId: engine.modelId, engine: engine.name, lungs: basename(await locateLungs()) };
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const { data } = keptReadings.safeParse(parsed(text));
  const isOwn = data && Object.entries(by).every(([name, value]) => data[name as keyof typeof by] === value);
  const images = new Map<string, CaseAnswer>(Object.entries(isOwn ? data.images : {}));
  return {
    get: (image) => images.get(image),
    put: (image, answer) => void images.set(image, answer),
    write: () =>
      writeFile(file, `${readableJson({ version: 1, ...by, images: Object.fromEntries(images) })}\n`),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
