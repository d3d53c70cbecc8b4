import http, { type RefinedResponse, type ResponseType } from 'k6/http';
import { type Answer, counted } from './answer.ts';
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
  return responses.map((response) => counted(who, 'PUT upload', classify(response)));
}

function classify({ status, headers }: RefinedResponse<ResponseType | undefined>): Answer<'stored'> {
  const retryAfterSeconds = Number(headers['Retry-After']);
  if (status === 204) return { data: 'stored' };
  if (status === 503 && retryAfterSeconds > 0) return { busy: { code: 'BUSY', retryAfterSeconds } };
  return { error: `HTTP_${status}` };
}
