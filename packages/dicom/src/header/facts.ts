import type { View } from './view.js';

/**
 * What the header says, as far as it is needed to read, file and find an X-ray. Names of people stay in the file. Whatever
 * is absent, empty or no valid value is null.
 */
export interface HeaderFacts {
  transferSyntaxUid: string;
  /** The data set is whole up to the end of its pixels, or to its own. Always so unless a prefix was read. */
  complete: boolean;
  /** The 128 bytes before the magic number hold something, as programs and pages that pose as DICOM do. */
  preambleInUse: boolean;
  characterSet: string | null;
  sopClassUid: string | null;
  sopInstanceUid: string | null;
  studyInstanceUid: string | null;
  seriesInstanceUid: string | null;
  modality: string | null;
  /** ORIGINAL or DERIVED, PRIMARY or SECONDARY, and what the device adds. */
  imageType: string[];
  instanceNumber: number | null;
  patient: {
    /** Composed (NFC), without control characters. */
    id: string | null;
    issuer: string | null;
    /** YYYY-MM-DD. */
    birthDate: string | null;
    /** Completed months at acquisition. */
    ageMonths: number | null;
    sex: 'F' | 'M' | 'O' | null;
  };
  accessionNumber: string | null;
  /** YYYY-MM-DD and HH:MM:SS, in the device's zone. */
  studyDate: string | null;
  studyTime: string | null;
  acquisitionDate: string | null;
  acquisitionTime: string | null;
  /** Offset from UTC of all dates and times, such as +0100. */
  timezoneOffset: string | null;
  /** OTHER, too, of what is a frontal view and nothing to read: another part of the body, unprocessed, or one tissue alone. */
  view: View;
  bodyPart: string | null;
  manufacturer: string | null;
  model: string | null;
  priority: 'STAT' | 'ROUTINE' | null;
  presentationIntent: 'FOR_PRESENTATION' | 'FOR_PROCESSING' | null;
  burnedInAnnotation: boolean | null;
  /** 1 where a file with rows does not say it; 0 without an image. */
  frames: number;
  /** The file goes on to pixels. One cut at the end of an element reads as a whole file without. */
  hasPixels: boolean;
  rows: number | null;
  columns: number | null;
}
