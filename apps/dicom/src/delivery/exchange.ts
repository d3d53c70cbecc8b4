import type { DeliveryLimits } from './limits.js';
import { type NotDelivered, notDelivered } from './outcome.js';

export interface HttpRequest {
  method: 'GET' | 'POST' | 'OPTIONS';
  url: URL;
  headers: Readonly<Record<string, string>>;
  body?: Uint8Array<ArrayBuffer> | string;
}

export interface HttpAnswer {
  status: number;
  body: Buffer;
}

export type Exchanged = { ok: true; answer: HttpAnswer } | { ok: false; failure: NotDelivered };

/**
 * One HTTP exchange within a deadline and a bound on the answer. Redirects are not followed: credentials and patients' data go
 * to the address that was configured, and nowhere else.
 */
export async function exchange(
  { method, url, headers, body }: HttpRequest,
  { exchangeSeconds, maxAnswerBytes }: DeliveryLimits,
): Promise<Exchanged> {
  try {
    const answer = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(exchangeSeconds * 1_000),
      ...(body !== undefined && { body }),
    });
    const content = await boundedBody(answer, maxAnswerBytes);
    if (!content) return { ok: false, failure: notDelivered('NOT_UNDERSTOOD') };
    return { ok: true, answer: { status: answer.status, body: content } };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}

/** What an answer means that is none of success; the protocols say more about 400 and 409. */
export function failureOfStatus(status: number): NotDelivered {
  if (status === 401 || status === 403 || status === 407) return notDelivered('NOT_AUTHORIZED');
  if (status === 408 || status === 429 || status === 503 || status === 507) return notDelivered('BUSY');
  if (status === 413 || status === 422 || status === 400 || status === 409 || status === 412)
    return notDelivered('OBJECT_REFUSED');
  if (status >= 500 && status !== 501) return notDelivered('FAILED');
  return notDelivered('NOT_UNDERSTOOD');
}

async function boundedBody(answer: Response, maxBytes: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function failureOf(error: unknown): NotDelivered {
  if (error instanceof DOMException && error.name === 'TimeoutError') return notDelivered('TIMED_OUT');
  const codes = codesOf(error);
  if (codes.some((code) => code.startsWith('HPE_'))) return notDelivered('NOT_UNDERSTOOD');
  if (codes.some((code) => /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code)))
    return notDelivered('CERTIFICATE_REFUSED');
  const broken = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'];
  return notDelivered(codes.some((code) => broken.includes(code)) ? 'FAILED' : 'UNREACHABLE');
}

/** Of an error and what caused it, which fetch hides below a general one. */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string') codes.push(each.code);
  }
  return codes;
}
