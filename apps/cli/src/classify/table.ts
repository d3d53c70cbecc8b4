import { cautions, type ReadingClaim, refusals } from '@lucency/messaging';
import type { FileAnswer } from './classify-file.js';

type Colour = 'red' | 'green' | 'yellow' | 'dim';
const codes: Record<Colour, number> = { red: 31, green: 32, yellow: 33, dim: 2 };

export interface Table {
  head(): string;
  row(answer: FileAnswer): string;
}

/** Lines for people, as wide as the longest file name needs. */
export function classifyTable(files: readonly string[], coloured: boolean): Table {
  const width = files.reduce((widest, file) => Math.min(60, Math.max(widest, file.length)), 4);
  const paint = (text: string, colour: Colour) => (coloured ? `\x1b[${codes[colour]}m${text}\x1b[0m` : text);
  const name = (file: string) => (file.length > width ? `…${file.slice(1 - width)}` : file).padEnd(width);
  return {
    head: () =>
      paint(`${'file'.padEnd(width)}  ${'answer'.padEnd(9)}  probability  threshold    ms  claim`, 'dim'),
    row(answer) {
      if (answer.outcome === 'unread')
        return `${name(answer.file)}  ${paint('error    ', 'red')}  ${answer.why}`;
      if (answer.outcome === 'refused') {
        return `${name(answer.file)}  ${paint('refused  ', 'yellow')}  ${refusals[answer.reason]}`;
      }
      const { decision, probability, threshold, claims } = answer.reading;
      const total = Object.values(answer.timings).reduce((sum, ms) => sum + ms, 0);
      const decided = paint(decision.padEnd(9), decision === 'PNEUMONIA' ? 'red' : 'green');
      const figures = `${probability.toFixed(3).padStart(11)}  ${threshold.toFixed(3).padStart(9)}  ${total.toFixed(0).padStart(4)}`;
      const line = `${name(answer.file)}  ${decided}  ${figures}  ${claimInWords(claims, decision)}`;
      const notes = answer.reading.cautions.map((code) => `  ${paint(cautions[code], 'yellow')}`);
      return [line, ...notes].join('\n');
    },
  };
}

/**
 * One statement of the nested claims: the most cautious that leaves a single answer; what laxer ones add says nothing
 * more. Uncertain where none does, or where it would contradict the decision.
 */
export function claimInWords(claims: readonly ReadingClaim[], decision: 'NORMAL' | 'PNEUMONIA'): string {
  const [most] = [...claims]
    .filter(({ says }) => says !== 'CANNOT_TELL')
    .sort((one, other) => other.coverage - one.coverage);
  if (claims.length === 0) return '–';
  return most?.says === decision
    ? `${decision.toLowerCase()} at ${Math.round(most.coverage * 100)} %`
    : 'uncertain';
}
