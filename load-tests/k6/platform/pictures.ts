import http from 'k6/http';
import type { Answer } from './graphql.ts';
import { errors, turnedAway } from './measurements.ts';
import { note } from './notes.ts';
import { type Picture, settings } from './settings.ts';

export interface LoadedPicture extends Picture {
  data: ArrayBuffer;
}

const folder = settings.pictures;
const listed: Picture[] = JSON.parse(open(`${folder}/pictures.json`));

/** Drawn chests; a patient's reference, not the bytes, makes each study a new one. */
export const pictures: LoadedPicture[] = listed.map((picture) => ({
  ...picture,
  data: open(`${folder}/${picture.file}`, 'b'),
}));

/** Puts each picture to its address, all at once. */
export function putAll(
  who: number,
  uploads: readonly { url: string; picture: LoadedPicture }[],
): Answer<'stored'>[] {
  const responses = http.batch(
    uploads.map(({ url, picture }) => ({
      method: 'PUT',
      url,
      body: picture.data,
      params: { headers: { 'content-type': 'image/jpeg' }, tags: { name: 'PUT upload' }, timeout: '30s' },
    })),
  );
  return responses.map(({ status, headers }) => {
    const retryAfterSeconds = Number(headers['Retry-After']);
    const isBusy = status === 503 && retryAfterSeconds > 0;
    errors.add(status !== 204 && !isBusy, { name: 'PUT upload' });
    if (status === 204) return { data: 'stored' };
    if (isBusy) {
      const busy = { code: 'BUSY', retryAfterSeconds };
      turnedAway.add(1, { code: busy.code });
      note({ is: 'turnedAway', who, ...busy });
      return { busy };
    }
    note({ is: 'error', who, during: 'PUT upload', code: `HTTP_${status}` });
    return { error: `HTTP_${status}` };
  });
}
