import { z } from 'zod';
import type { DerivedObject } from '../results/derived-object.js';
import { derivedUuid } from '../results/uids.js';
import type { DestinationOf } from './destination.js';
import { exchange, failureOfStatus, type HttpAnswer } from './exchange.js';
import { parsed } from './json-answer.js';
import type { DeliveryLimits } from './limits.js';
import { type DeliveryOutcome, delivered, notDelivered } from './outcome.js';

export interface WebParts {
  limits: DeliveryLimits;
  headers: Readonly<Record<string, string>>;
}

/** FailedSOPSequence (0008,1198) with its reason (0008,1197), and what was stored, of the answer's DICOM JSON (PS3.18, F). */
const storeAnswer = z.object({
  '00081198': z
    .object({
      Value: z
        .array(z.object({ '00081197': z.object({ Value: z.array(z.number()).optional() }).optional() }))
        .default([]),
    })
    .optional(),
  '00081199': z.object({ Value: z.array(z.unknown()).default([]) }).optional(),
});

/** Failure reasons (PS3.18, 10.5.3.2): what means that the instance is there, and what may pass. */
const duplicateReasons = [0x0111];
const outOfResources = 0xa7;

/** STOW-RS (PS3.18, 10.5): all objects in one request. */
export async function stowObjects(
  objects: readonly DerivedObject[],
  { url }: DestinationOf<'DICOMWEB'>,
  { limits, headers }: WebParts,
): Promise<DeliveryOutcome> {
  // The same for the same objects; no part can hold it by chance.
  const boundary = derivedUuid('boundary', ...objects.map(({ sopInstanceUid }) => sopInstanceUid));
  const exchanged = await exchange(
    {
      method: 'POST',
      url: below(url, 'studies'),
      headers: {
        ...headers,
        accept: 'application/dicom+json',
        'content-type': `multipart/related; type="application/dicom"; boundary=${boundary}`,
      },
      body: multipart(objects, boundary),
    },
    limits,
  );
  return exchanged.ok ? outcomeOf(exchanged.answer, objects.length) : exchanged.failure;
}

/** Whether something that speaks DICOMweb is there: a search that may find nothing. */
export async function echoDicomWeb(
  { url }: DestinationOf<'DICOMWEB'>,
  { limits, headers }: WebParts,
): Promise<DeliveryOutcome> {
  const search = below(url, 'studies');
  search.searchParams.set('limit', '1');
  // Of nobody: what is asked is whether it answers.
  search.searchParams.set('StudyInstanceUID', '2.25.0');
  const accept = 'application/dicom+json';
  const exchanged = await exchange({ method: 'GET', url: search, headers: { ...headers, accept } }, limits);
  if (!exchanged.ok) return exchanged.failure;
  const { status, body } = exchanged.answer;
  if (status === 204 || (status === 200 && parsed(z.array(z.unknown()), body))) return delivered;
  return status < 300 ? notDelivered('NOT_UNDERSTOOD') : failureOfStatus(status);
}

export function below(base: string, path: string): URL {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path}`;
  return url;
}

function multipart(objects: readonly DerivedObject[], boundary: string): Uint8Array<ArrayBuffer> {
  const parts = objects.flatMap(({ file }) => [
    Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`),
    file,
    Buffer.from('\r\n'),
  ]);
  return new Uint8Array(Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]));
}

function outcomeOf({ status, body }: HttpAnswer, sent: number): DeliveryOutcome {
  const answer = parsed(storeAnswer, body);
  const failed = answer?.['00081198']?.Value ?? [];
  const reasons = failed.map((item) => item['00081197']?.Value?.[0] ?? 0);
  if (reasons.length > 0 && (status === 200 || status === 202 || status === 409))
    return outcomeOfReasons(reasons);
  if (status !== 200 && status !== 202) return failureOfStatus(status);
  // What does not name what it stored may be anything that answers 200 to everything.
  const stored = answer?.['00081199']?.Value.length ?? 0;
  return stored >= sent ? delivered : notDelivered('NOT_UNDERSTOOD');
}

function outcomeOfReasons(reasons: readonly number[]): DeliveryOutcome {
  const faults = reasons.filter((reason) => !duplicateReasons.includes(reason));
  if (faults.length === 0) return delivered;
  if (faults.includes(0x0122)) return notDelivered('CLASS_NOT_SUPPORTED');
  if (faults.some((reason) => reason === 0x0124)) return notDelivered('NOT_AUTHORIZED');
  if (faults.every((reason) => reason >> 8 === outOfResources)) return notDelivered('BUSY');
  // Processing failure: as a fault of the archive's own it may pass.
  return notDelivered(faults.every((reason) => reason === 0x0110) ? 'FAILED' : 'OBJECT_REFUSED');
}
