import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import WebSocket from 'ws';
import { type ClientOptions, createClient as createPlainClient, type LucencyClient } from './client.js';
import { mediaTypeOf, type PictureSource, signatureBytes } from './picture.js';

/** The client with sockets on every Node that is supported; from Node 22 the plain one has them, too. */
export function createClient(options: ClientOptions): LucencyClient {
  return createPlainClient({ webSocket: WebSocket, ...options });
}

/** A picture in a file, which is read twice and never held whole. @throws LucencyError UNKNOWN_PICTURE */
export async function pictureFile(path: string): Promise<PictureSource> {
  const hash = createHash('sha256');
  let head = Buffer.alloc(0);
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    if (head.length < signatureBytes) head = Buffer.concat([head, chunk]).subarray(0, signatureBytes);
    hash.update(chunk);
    bytes += chunk.length;
  }
  return {
    mediaType: mediaTypeOf(head),
    bytes,
    sha256: hash.digest('hex'),
    open: () => streamOf(path),
  };
}

function streamOf(path: string): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = createReadStream(path)[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return?.();
    },
  });
}

export * from './index.js';
