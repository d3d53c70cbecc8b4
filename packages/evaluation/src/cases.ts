import { type LungMask, type Region, unpackMask } from '@lucency/imaging/lungs';
import { type Calibration, calibrate } from '@lucency/model/card';
import type { ScoredImage } from './confusion.js';
import type { SourcedFile } from './dataset/read-data-set.js';
import type { EvidencePlaced } from './evidence-places.js';
import type { EvaluatedFile } from './predictions.js';

/** What the model answered to an image that was not refused, before any calibration. */
export interface CaseReading {
  readonly logit: number;
  /** `[7, 7]`, signed. */
  readonly evidence: readonly number[];
  /** Of the original: what the evidence is of. */
  readonly shown: Region;
  /** Over the original, as `packMask` packs it; null where none were found. */
  readonly lungs: string | null;
  /** Share of the evidence for pneumonia in the lungs; null where nothing speaks for it. */
  readonly evidenceInLungs: number | null;
  readonly cautions: readonly string[];
}

/** A labelled image, and what became of it. */
export interface ReadCase
  extends Pick<SourcedFile, 'file' | 'patient' | 'otherAbnormal' | 'textMined' | 'boxes' | 'groups'> {
  /** `imageKey` of its bytes. */
  readonly image: string;
  /** 1 is pneumonia. */
  readonly label: 0 | 1;
  /** Where somebody drew the opacities of it. */
  readonly opacities: LungMask | null;
  readonly reading: CaseReading | null;
  /** The reason's code; null where it was read. */
  readonly refused: string | null;
  readonly milliseconds: number;
}

export type AnsweredCase = ReadCase & { readonly reading: CaseReading };

export function answered(cases: readonly ReadCase[]): AnsweredCase[] {
  return cases.filter((each): each is AnsweredCase => each.reading !== null);
}

export function scored(cases: readonly AnsweredCase[], calibration: Calibration): ScoredImage[] {
  return cases.map(({ label, patient, reading }) => ({
    label,
    patient,
    probability: calibrate(reading.logit, calibration),
  }));
}

export function evaluatedFiles(cases: readonly ReadCase[], calibration: Calibration): EvaluatedFile[] {
  return cases.map(({ image, patient, label, reading, refused, milliseconds }) => ({
    image,
    patient,
    label: label === 1 ? 'PNEUMONIA' : 'NORMAL',
    probability: reading === null ? null : calibrate(reading.logit, calibration),
    refused,
    milliseconds,
  }));
}

/** The pneumonias in which lungs were found. */
export function evidencePlaced(cases: readonly AnsweredCase[]): EvidencePlaced[] {
  return cases.flatMap(({ label, patient, boxes, opacities, reading }) =>
    label === 1 && reading.lungs !== null
      ? [
          {
            label,
            patient,
            boxes,
            opacities,
            evidence: Float32Array.from(reading.evidence),
            shown: reading.shown,
            lungs: unpackMask(reading.lungs),
          },
        ]
      : [],
  );
}
