import { z } from 'zod';

/**
 * Why an image is refused. A refusal is the final answer to this image: sending the same bytes again
 * changes nothing. Each comes with a sentence that the user can act on.
 */
export const refusals = {
  UNSUPPORTED_TYPE:
    'This file is no DICOM, PNG or JPEG image of a kind that can be read. Send the original DICOM image with one frame, or export it as JPEG with 8 bits or as PNG.',
  DAMAGED: 'The image is damaged or incomplete. Export it again from its source and resubmit it.',
  TOO_COMPLEX_TO_DECODE:
    'Decoding this image takes far more work than any X-ray needs. Send the X-ray uncompressed, or as a plain JPEG or PNG.',
  TOO_LARGE: 'The image would take more than 100 MB once decoded. Export it at a lower resolution.',
  TOO_SMALL: 'The image is too small to read. Send at least 120 pixels on the shorter side.',
  BLANK: 'The image shows almost nothing but one shade. Check that the exposure was stored and resubmit it.',
  NOT_CHEST_XRAY: 'This does not look like a frontal chest X-ray. Check that the right picture was chosen.',
  NO_LUNGS:
    'No two lungs were found as a frontal chest X-ray shows them. Check that the right picture was chosen.',
  LATERAL_VIEW:
    'This seems to be a lateral view. The AI reads frontal views only: submit the PA or AP view, or read this one without it.',
  LUNGS_CUT_OFF: 'The lungs reach beyond the edge of this picture. Submit one that shows both lungs whole.',
  TURNED: 'The image is turned by a quarter or half turn. Turn it upright and submit it again.',
  POOR_EXPOSURE: 'The image is too dark, too bright or too flat to read. Repeat it with another exposure.',
  AGE_OUT_OF_RANGE:
    'This site accepts only patients of the age the model was trained on. Read this image without the AI.',
} as const;

/**
 * Why an image is kept and shown, and not read: its sender says that it is no frontal view of the chest. Neither a refusal
 * nor an error, and nothing to retry.
 */
export const unreadViews = {
  LATERAL_NOT_READ: 'A lateral view: it is kept and shown. The AI reads frontal views only.',
  OTHER_VIEW_NOT_READ:
    'Not a frontal view of the chest: it is kept and shown. The AI reads frontal views only.',
} as const;

/** Why work on an image ended without an answer. Unlike a refusal it may be retried. */
export const failures = {
  PROCESSING_CRASHED: 'Processing this image crashed five times. Retry it, or report it to your support.',
  DEADLINE_EXCEEDED: 'Processing this image took too long. Retry it.',
  IMAGE_MISSING: 'The stored image cannot be found. Submit it again.',
  CONTENT_MISMATCH: 'The stored image is not the one that was submitted. Submit it again.',
  UNREADABLE_JOB: 'The work order for this image could not be understood. Report it to your support.',
  INTERNAL: 'Something went wrong while reading this image. Retry it.',
} as const;

/** Why a heatmap is withheld: the answer of the model remains valid, the picture would mislead. */
export const withholdings = {
  NO_EVIDENCE: 'Next to nothing in this image speaks for pneumonia, so there is no heatmap to show.',
  UNFAITHFUL:
    'The heatmap does not show what moved the answer: hiding the places it marks changed too little. It is withheld.',
} as const;

/** What to keep in mind about a reading that was given all the same. */
export const cautions = {
  ROTATED:
    'The image seems to be turned by a quarter or half turn. It was read as it came; check it, and submit it upright.',
  MIRRORED:
    'The image seems to be mirrored, left for right. It was read as it came; check the side marker before you use it.',
  EVIDENCE_OUTSIDE_LUNGS:
    'Most of what speaks for pneumonia lies outside the lungs, such as in a side letter. Do not rely on this answer.',
  MARGINS_CUT:
    'Flat margins around the image were cut off before it was read. Check that nothing of the X-ray is missing from what was read.',
  INVERTED: 'The image came as a negative and was turned round before it was read.',
  UNLIKE_TRAINING:
    'This image is unlike those the model was trained on. Read it with extra care; the answer may be wrong.',
} as const;

/** What to keep in mind about a submission, whatever a model says of its images. */
export const submissionCautions = {
  SAME_IMAGE_OTHER_PATIENT:
    'The same image was submitted before under another patient reference. Check which patient it belongs to.',
} as const;

export type RefusalCode = keyof typeof refusals;
export type FailureCode = keyof typeof failures;
export type UnreadCode = keyof typeof unreadViews;
export type WithholdingCode = keyof typeof withholdings;
export type CautionCode = keyof typeof cautions;
export type SubmissionCautionCode = keyof typeof submissionCautions;

function codesOf<Code extends string>(table: Record<Code, string>): [Code, ...Code[]] {
  return Object.keys(table) as [Code, ...Code[]];
}

export const refusalCode = z.enum(codesOf<RefusalCode>(refusals));
export const failureCode = z.enum(codesOf<FailureCode>(failures));
export const withholdingCode = z.enum(codesOf<WithholdingCode>(withholdings));
export const cautionCode = z.enum(codesOf<CautionCode>(cautions));
