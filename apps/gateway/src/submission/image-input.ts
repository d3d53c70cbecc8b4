import { isUid } from '@lucency/dicom';
import type { ImageView } from '../generated/prisma/enums.js';
import { InputError } from './errors.js';

/** An uploaded image as its sender describes it. */
export interface SubmittedImage {
  uploadId: string;
  view: ImageView;
  seriesInstanceUid: string | null;
  sopInstanceUid: string | null;
}

/** Far beyond any chest examination; what a study costs to read and to show stays bounded. */
export const maxImages = 32;

/**
 * The images of a submission in one form, each upload once.
 * @throws InputError
 */
export function checkImages({
  uploadIds,
  images,
}: {
  uploadIds: string[] | null;
  images: SubmittedImage[] | null;
}): SubmittedImage[] {
  const field = images ? 'images' : 'uploadIds';
  if ((images === null) === (uploadIds === null)) {
    throw new InputError('images', 'Name the uploads in images or in uploadIds, not in both.');
  }
  const given =
    images ??
    (uploadIds ?? []).map((uploadId) => ({
      uploadId,
      view: 'UNKNOWN' as const,
      seriesInstanceUid: null,
      sopInstanceUid: null,
    }));
  if (given.length < 1 || given.length > maxImages) {
    throw new InputError(field, `A study has 1 to ${maxImages} images.`);
  }
  const checked = given.map((image) => ({
    uploadId: image.uploadId,
    view: image.view,
    seriesInstanceUid: checkUid(field, image.seriesInstanceUid),
    sopInstanceUid: checkUid(field, image.sopInstanceUid),
  }));
  if (new Set(checked.map(({ uploadId }) => uploadId)).size < checked.length) {
    throw new InputError(field, 'Name each upload once.');
  }
  return checked;
}

/** @returns null for none. @throws InputError naming the field */
export function checkUid(field: string, uid: string | null): string | null {
  if (uid && !isUid(uid)) {
    throw new InputError(field, 'A DICOM UID has digits and dots only, at most 64 characters.');
  }
  return uid || null;
}
