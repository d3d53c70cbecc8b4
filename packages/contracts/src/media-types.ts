/** What an X-ray may come as, by its name in a Content-Type. */
export const imageMediaTypes = ['image/jpeg', 'image/png', 'application/dicom'] as const;

export type ImageMediaType = (typeof imageMediaTypes)[number];
