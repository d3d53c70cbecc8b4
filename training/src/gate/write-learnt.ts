import { writeFile } from 'node:fs/promises';
import type { GateConstants } from '@lucency/imaging/gate';

/** Writes the constants as the module of `packages/imaging` that holds them; the formatter has the last word. */
export async function writeLearnt(path: string, constants: GateConstants): Promise<void> {
  const text = `import type { GateConstants } from './constants.js';

/**
 * Written by the run that measures the gate (\`training/src/gate\`), never by hand. Fitted on
 * ${wrapped(constants.provenance).join('\n * ')}.
 */
export const learnt: GateConstants = ${JSON.stringify(constants)};
`;
  await writeFile(path, text);
}

function wrapped(text: string): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line.length + word.length > 105) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines;
}
