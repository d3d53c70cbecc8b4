/** Why a file cannot be read, and what to tell the person who sent it. */
export const problemSentences = {
  NOT_DICOM: 'This is not a DICOM file.',
  TRUNCATED: 'The DICOM file ends before its content does.',
  INVALID_HEADER: 'The header of the DICOM file is damaged.',
  TOO_COMPLEX: 'The header of the DICOM file is nested too deeply or has too many elements.',
  UNSUPPORTED_TRANSFER_SYNTAX: 'The DICOM file is encoded in a transfer syntax that is not supported.',
  UNSUPPORTED_PIXELS: 'The pixels of the DICOM file are described in a way that is not supported.',
  NO_PIXELS: 'The DICOM file holds no image.',
  MULTI_FRAME: 'The DICOM file holds several frames, where one X-ray is expected.',
  TOO_LARGE: 'The image in the DICOM file is too large.',
  CODEC_FAILED: 'The compressed pixels of the DICOM file are damaged.',
} as const;

export type ProblemCode = keyof typeof problemSentences;

export interface DicomProblem {
  code: ProblemCode;
  /** One sentence for the sender. */
  message: string;
  /** What exactly was found: tags, offsets and numbers, never a value of the header. */
  detail: string;
}

export type DicomResult<Value> = { ok: true; value: Value } | { ok: false; problem: DicomProblem };

export function problem(code: ProblemCode, detail: string): { ok: false; problem: DicomProblem } {
  return { ok: false, problem: { code, message: problemSentences[code], detail } };
}

/** Carries a problem out of nested reading; never leaves the package. */
export class DicomError extends Error {
  readonly code: ProblemCode;

  constructor(code: ProblemCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

/** Turns a DicomError into its problem; any other error is a bug and passes. */
export function asResult<Value>(read: () => Value): DicomResult<Value> {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (error instanceof DicomError) return problem(error.code, error.message);
    throw error;
  }
}
