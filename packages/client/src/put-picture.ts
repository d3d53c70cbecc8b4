import { type Fetch, parse, problemOf, reach, textOf } from './http.js';
import { mediaTypeNames, type PictureSource } from './picture.js';

export interface Put {
  fetch: Fetch;
  url: string;
  headers: Readonly<Record<string, string>>;
  source: PictureSource;
  signal: AbortSignal | undefined;
}

/** Sends the bytes, once. That they are there already is as good. @throws LucencyError, or the signal's reason */
export async function putPicture({ fetch, url, headers, source, signal }: Put): Promise<void> {
  const body = source.open();
  const response = await reach(fetch, url, {
    method: 'PUT',
    headers: {
      ...headers,
      'content-type': mediaTypeNames[source.mediaType],
      // Of a stream nobody else knows it. Pages may not set it, and send blobs, whose length is known.
      ...(body instanceof ReadableStream && { 'content-length': String(source.bytes) }),
    },
    body,
    ...(body instanceof ReadableStream && { duplex: 'half' }),
    ...(signal && { signal }),
  });
  const text = await textOf(response);
  if (response.ok) return;
  const problem = problemOf(response, parse(text));
  if (problem.code !== 'ALREADY_STORED') throw problem;
}
