import { cautions, type PneumoniaType, type ReadingResult, refusals } from '@lucency/contracts';
import { claimOf, sharesOfTypes } from '@lucency/contracts/findings';
import type { OperatingPointFile } from '@lucency/evaluation';
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
      const { decision, probability, threshold, type } = answer.reading;
      const total = Object.values(answer.timings).reduce((sum, ms) => sum + ms, 0);
      const decided = paint(decision.padEnd(9), decision === 'PNEUMONIA' ? 'red' : 'green');
      const figures = `${probability.toFixed(3).padStart(11)}  ${threshold.toFixed(3).padStart(9)}  ${total.toFixed(0).padStart(4)}`;
      const line = `${name(answer.file)}  ${decided}  ${figures}  ${claimInWords(answer.reading)}`;
      const notes = answer.reading.cautions.map((code) => `  ${paint(cautions[code], 'yellow')}`);
      const hints = type ? [`  ${paint(typeInWords(type), 'dim')}`] : [];
      return [line, ...hints, ...notes].join('\n');
    },
  };
}

/** By which site's cases the answers were given, below the table. */
export function operatingPointLine({ purpose, cases, prevalence, createdAt }: OperatingPointFile): string {
  const { normal, pneumonia } = cases.patients;
  return (
    `Operating point for ${purpose}, measured on ${createdAt.slice(0, 10)} on ${pneumonia} patients with pneumonia and ` +
    `${normal} without, for ${(100 * prevalence.value).toFixed(1)} % pneumonia.`
  );
}

/** The one thing to say of what a reading claims. */
export function claimInWords(reading: Pick<ReadingResult, 'claims' | 'decision'>): string {
  const claim = claimOf(reading);
  if (!claim) return '–';
  return claim.kind === 'single'
    ? `${claim.says.toLowerCase()} at ${Math.round(claim.coverage * 100)} %`
    : 'uncertain';
}

/** What type of pneumonia it looks like. */
export function typeInWords(type: PneumoniaType): string {
  if (type.says === 'UNCERTAIN') return 'Bacterial or viral: uncertain.';
  const shares = sharesOfTypes(type);
  const [like, than] =
    type.says === 'BACTERIAL' ? (['bacterial', 'viral'] as const) : (['viral', 'bacterial'] as const);
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  return `Looks more like ${like} pneumonia (${percent(shares[like])}) than ${than} (${percent(shares[than])}); a hint only.`;
}
