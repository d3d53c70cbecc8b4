import http from 'k6/http';
import { errors } from './measurements.ts';
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

/** Puts each picture to its address, all at once. @returns which were stored. */
export function putAll(who: number, uploads: readonly { url: string; picture: LoadedPicture }[]): boolean[] {
  const responses = http.batch(
    uploads.map(({ url, picture }) => ({
      method: 'PUT',
      url,
      body: picture.data,
      params: { headers: { 'content-type': 'image/jpeg' }, tags: { name: 'PUT upload' }, timeout: '30s' },
    })),
  );
  return responses.map(({ status }) => {
    const stored = status === 204;
    errors.add(!stored, { name: 'PUT upload' });
    if (!stored) note({ is: 'error', who, during: 'PUT upload', code: `HTTP_${status}` });
    return stored;
  });
}
