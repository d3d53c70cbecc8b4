import { imageMediaTypes, type ImageMediaType as MediaType } from '@lucency/contracts';
import { builder } from '../builder.js';

export const ImageMediaType = builder.enumType('ImageMediaType', {
  description: 'APPLICATION_DICOM is a file of DICOM Part 10 with one image of one frame.',
  values: {
    IMAGE_JPEG: { value: 'image/jpeg' },
    IMAGE_PNG: { value: 'image/png' },
    APPLICATION_DICOM: { value: 'application/dicom' },
  } as const,
});

/** @throws Error where something else was stored than may be uploaded */
export function mediaTypeOf(stored: string): MediaType {
  const known = imageMediaTypes.find((type) => type === stored);
  if (!known) throw new Error('an image of another media type than may be uploaded');
  return known;
}
