import { Client, type CStoreAnswer, PresentationContext } from '../association/library.js';
import { contextOf, requestOf } from './file-request.js';

export interface Destination {
  host: string;
  port: number;
  called: string;
  calling: string;
}

export interface Sent {
  file: string;
  /** Four hexadecimal digits; undefined where no answer came. */
  status: string | undefined;
  /** What the port, or whoever stood in the way, says. */
  comment: string | undefined;
}

/** Sends files over one association, one after another, and tells of each once it is answered. */
export async function sendFiles(
  files: readonly string[],
  { host, port, called, calling }: Destination,
  tell: (sent: Sent) => void,
): Promise<void> {
  const client = new Client();
  const unanswered = new Set<string>();
  const proposed = new Set<string>();
  for (const file of files) {
    const request = requestOf(file);
    if (!request) {
      tell({ file, status: undefined, comment: 'this is no DICOM file, or a damaged one' });
      continue;
    }
    unanswered.add(file);
    request.on('response', (response: CStoreAnswer) => {
      unanswered.delete(file);
      const status = response.getStatus().toString(16).toUpperCase().padStart(4, '0');
      tell({ file, status, comment: response.getErrorComment() || undefined });
    });
    client.addRequest(request);
    const { sopClassUid, transferSyntaxUid } = contextOf(request);
    if (proposed.has(`${sopClassUid} ${transferSyntaxUid}`)) continue;
    proposed.add(`${sopClassUid} ${transferSyntaxUid}`);
    // A context for the file's own syntax alone: where the port may choose, the library would have to encode anew.
    const context = new PresentationContext(0, sopClassUid);
    context.addTransferSyntaxUid(transferSyntaxUid);
    client.addAdditionalPresentationContext(context, true);
  }
  if (unanswered.size === 0) return;
  let why = 'the association ended before the answer';
  await new Promise<void>((resolve) => {
    client.on('associationRejected', (rejection: { source: number; reason: number }) => {
      why = `the association was rejected: ${reasonOf(rejection)}`;
    });
    client.on('networkError', (error: Error) => {
      why = error.message;
      resolve();
    });
    client.on('closed', () => resolve());
    client.send(host, port, calling, called, { connectTimeout: 10_000, pduTimeout: 120_000 });
  });
  for (const file of unanswered) tell({ file, status: undefined, comment: why });
}

/** PS3.8, 9.3.4, as far as this port uses it. */
function reasonOf({ source, reason }: { source: number; reason: number }): string {
  if (source === 3) return 'too many associations at the moment';
  if (reason === 7) return 'it does not know the called AE title';
  return reason === 3 ? 'it does not know the calling AE title' : `reason ${reason}`;
}
