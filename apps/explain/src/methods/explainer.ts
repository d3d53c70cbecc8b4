import type { Hopeless, Later, ReadingEvidence } from '@lucency/contracts';
import type { PreparedImage } from '@lucency/imaging';
import type { Engine, ModelCard } from '@lucency/model/card';
import type { LungFinder } from '@lucency/reading/lungs';

/** What a method explains. */
export interface Question {
  /** What the reading left behind; null where it kept nothing. */
  reading: ReadingEvidence | null;
  /** The image as it was read. Costly: heatmaps from the reading alone never ask for it. */
  original(): Promise<PreparedImage | Unexplained>;
}

/** The model and what it takes to show it a picture as it was read. */
export interface ModelAtHand {
  lungs: Pick<LungFinder, 'find'>;
  card: Pick<ModelCard, 'input'>;
  /** Loaded when it is first asked for. */
  engine: () => Promise<Engine>;
}

/**
 * Where a model looked, [7, 7] row-major, top-left first: positive speaks for pneumonia. Whatever the method, it is drawn, and its
 * faithfulness measured, in the same way.
 */
export type Explanation = ReadingEvidence;

/** Why there is no explanation; how the job ends. */
export type Unexplained = Later | Hopeless;

/** A way to explain what a model said. A new one is a folder beside this file and a line in `index.ts`. */
export interface Explainer {
  /** As tasks, heatmaps and messages name it: lower case and hyphens. */
  readonly method: string;
  /** The same question has the same answer: the heatmap and its faithfulness are asked for by different jobs. */
  explain(question: Question, model: ModelAtHand): Promise<Explanation | Unexplained>;
}
