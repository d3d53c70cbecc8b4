/** A code of the platform with its sentence for people. */
export interface Said {
  code: string;
  sentence: string;
}

/** What a model said of the image. */
export interface SentReading {
  kind: 'read';
  decision: 'NORMAL' | 'PNEUMONIA';
  /** Calibrated, of pneumonia, in [0, 1]. */
  probability: number;
  /** The probability from which on the decision is PNEUMONIA, and what for it was chosen. */
  threshold: number;
  purpose: 'screening' | 'balanced' | 'rule-in' | null;
  /** Of conformal sets: for that share of like patients a claim does not leave out the truth. */
  claims: readonly { coverage: number; says: 'NORMAL' | 'PNEUMONIA' | 'CANNOT_TELL' }[];
  cautions: readonly Said[];
  /** A hint of the type of pneumonia, with its shares of the two. */
  type: { says: 'BACTERIAL' | 'VIRAL' | 'UNCERTAIN'; bacterial: number; viral: number } | null;
  /** Share of the evidence for pneumonia that lies in the lungs; null where none was found. */
  evidenceInLungs: number | null;
  model: { id: string; version: string };
  engine: string;
  readAt: Date;
}

/** Why a model said nothing: it was refused, is kept unread, or could not be read. */
export interface SentRefusal {
  kind: 'not read';
  reason: Said;
  at: Date;
}

export interface SentHeatmap {
  /** As the platform stores it: over the whole upright original, transparent where nothing was read or found. */
  png: Uint8Array;
  /** A withheld heatmap is never sent. */
  presentation: 'PLAIN' | 'CAUTIOUS';
}

/** What a person signed. */
export interface SentReview {
  /** 1 is the review, later ones are addenda. */
  number: number;
  opinion: 'AGREE' | 'DISAGREE' | 'UNCERTAIN';
  /** With its concept of SNOMED CT where there is one. */
  finding: { code: string; name: string; snomed: string | null };
  comment: string;
  signedAt: Date;
  signedBy: string;
}

export interface InstanceReference {
  sopClassUid: string;
  sopInstanceUid: string;
  seriesInstanceUid: string;
}

/** Everything that goes to one destination about one image. The same facts make the same objects, byte for byte. */
export interface ResultToSend {
  /** Null where nothing was read. */
  readingId: string | null;
  imageId: string;
  study: {
    studyInstanceUid: string | null;
    accessionNumber: string | null;
    patientReference: string;
    /** Completed months at acquisition. */
    ageMonths: number | null;
    siteName: string;
    /** Of the site, as IANA names it: what a modality writes without a zone is in it. */
    timeZone: string;
  };
  outcome: SentReading | SentRefusal;
  heatmap: SentHeatmap | null;
  review: SentReview | null;
  /** What a signed review takes the place of; left out, the document of the review before it, or of the reading. */
  predecessor?: InstanceReference;
  /** The image as it was submitted, if that was as DICOM; where `original` is given, its beginning with the header is enough. */
  source: Uint8Array | null;
  /** Brings the whole of it when it is to be drawn, so that few are in memory at once. */
  original?: () => Promise<Uint8Array>;
}

/** When the result came to be: what its documents are dated. */
export function dateOf({ outcome, review }: ResultToSend): Date {
  if (review) return review.signedAt;
  return outcome.kind === 'read' ? outcome.readAt : outcome.at;
}
