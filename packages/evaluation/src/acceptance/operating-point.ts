import { readFile } from 'node:fs/promises';
import { type ModelCard, modelCard, purposes } from '@lucency/model/card';
import { z } from 'zod';

const share = z.number().min(0).max(1);
const interval = z.object({ value: share, low: share, high: share });
const count = z.int().nonnegative();

/**
 * `operating-point.json`: how one model is to be read at one site, from that site's own cases. `threshold` is of the
 * probability that `calibration` gives, which holds at `prevalence`. `rates` are of patients that chose none of it.
 */
export const operatingPointFile = z.object({
  version: z.literal(1),
  kind: z.literal('lucency-operating-point'),
  modelId: z.string().min(1),
  engine: z.string(),
  purpose: z.enum(purposes),
  calibration: modelCard.shape.calibration,
  threshold: share,
  conformal: modelCard.shape.conformal,
  prevalence: z.object({ value: share, from: z.enum(['given', 'cases']) }),
  cases: z.object({
    images: z.object({ normal: count, pneumonia: count }),
    patients: z.object({ normal: count, pneumonia: count }),
  }),
  rates: z.object({ sensitivity: interval, specificity: interval }),
  /** With 95 % confidence; null where the purpose asks for no promise. */
  promised: z
    .object({
      rate: z.enum(['sensitivity', 'specificity']),
      asked: share,
      atLeast: share,
      patients: count,
      needed: count,
    })
    .nullable(),
  createdAt: z.iso.datetime(),
});
export type OperatingPointFile = z.infer<typeof operatingPointFile>;

export const operatingPointFileName = 'operating-point.json';

/** Reads an operating point. Throws, in one line, where it is none, or was measured with another model. */
export async function readOperatingPoint(file: string, modelId: string): Promise<OperatingPointFile> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`${file} cannot be read.`);
  });
  const { data, error } = operatingPointFile.safeParse(asJson(text));
  if (!data)
    throw new Error(
      `${file} is no operating point: ${error.issues
        .slice(0, 3)
        .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
        .join('; ')}`,
    );
  if (data.modelId !== modelId)
    throw new Error(
      `${file} was measured with ${data.modelId}, and this is ${modelId}: measure this model with npm run accept.`,
    );
  return data;
}

/** The card as it is read at the site: threshold, calibration and what may be claimed are the site's. */
export function atSite(card: ModelCard, point: OperatingPointFile): ModelCard {
  const { calibration, threshold, conformal } = point;
  return { ...card, calibration, threshold, conformal };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
