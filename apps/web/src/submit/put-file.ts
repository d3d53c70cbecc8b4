import { z } from 'zod';

/** The gateway said no, with a sentence for the person. */
export class SendingRefused extends Error {
  override name = 'SendingRefused';
  readonly earlierStudyId: string | undefined;

  constructor(message: string, earlierStudyId?: string) {
    super(message);
    this.earlierStudyId = earlierStudyId;
  }
}

/** The service cannot take it now; the same try is welcome later. */
export class ComeBackLater extends Error {
  override name = 'ComeBackLater';
  readonly seconds: number;

  constructor(seconds: number) {
    super(`come back in ${seconds} s`);
    this.seconds = seconds;
  }
}

/** Who is busy but does not say for how long is asked again after this. */
const usualPauseSeconds = 5;
const longestPauseSeconds = 120;
const busy = [429, 503];

const problem = z.object({ message: z.string().min(1) });

/** XMLHttpRequest, because fetch tells no upload progress. */
export async function putFile(
  url: string,
  file: File,
  headers: Readonly<Record<string, string>>,
  onShare: (share: number) => void,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(refusalOf(request.status, request.getResponseHeader('retry-after'), request.responseText));
    };
    request.onerror = () => reject(new TypeError('the upload was cut off'));
    request.send(file);
  });
}

/** What an answer other than success means for the person. */
export function refusalOf(
  status: number,
  retryAfter: string | null,
  body: string,
): ComeBackLater | SendingRefused {
  if (busy.includes(status)) return new ComeBackLater(pauseSeconds(retryAfter));
  return new SendingRefused(sentenceIn(body) ?? `The upload was not accepted (HTTP ${status}). Try again.`);
}

/** RFC 9110: seconds or a date. */
export function pauseSeconds(retryAfter: string | null, now: number = Date.now()): number {
  if (!retryAfter) return usualPauseSeconds;
  const seconds = /^\d+$/.test(retryAfter.trim())
    ? Number(retryAfter)
    : Math.ceil((Date.parse(retryAfter) - now) / 1_000);
  return Number.isFinite(seconds) ? Math.min(longestPauseSeconds, Math.max(1, seconds)) : usualPauseSeconds;
}

function sentenceIn(body: string): string | null {
  try {
    return problem.parse(JSON.parse(body)).message;
  } catch {
    return null;
  }
}
