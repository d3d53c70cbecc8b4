import { parseArgs } from 'node:util';
import { showProgress } from '@lucency/command-line';
import { composeReport, labels, readLabelled, writeReport } from '@lucency/evaluation';
import { engineOption } from '../engine-option.js';
import { fromHere } from '../paths.js';
import { openReader } from '../reader.js';
import { UsageError } from '../usage.js';
import { evaluateFiles, refusalLines } from './evaluate-files.js';
import { summaryLines } from './summary.js';

/** @returns the exit code. */
export async function evaluate(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { data: { type: 'string' }, engine: { type: 'string' }, out: { type: 'string' } },
  });
  if (values.data === undefined) throw new UsageError('Name the folder of the images with --data DIR.');
  const engine = engineOption(values.engine);
  const files = await readLabelled(fromHere(values.data), '');
  for (const label of labels) {
    if (!files.some((file) => file.label === label)) {
      throw new UsageError(`${values.data} holds no ${label}/ with JPEG or PNG images in it.`);
    }
  }

  const reader = await openReader(engine);
  try {
    const { rows, unread } = await evaluateFiles(files, reader, showProgress(process.stderr));
    const content = {
      card: reader.card,
      engine: reader.engine.name,
      rows,
      measuredOn: 'the images of a folder',
    };
    const folder = values.out === undefined ? undefined : fromHere(values.out);
    const { report, fileNames } = folder
      ? await writeReport(folder, content)
      : { report: composeReport(content), fileNames: [] };
    const limits = reader.card.limits.map((limit) => `- ${limit}`);
    console.log([...summaryLines(report), ...refusalLines(rows), '', ...limits].join('\n'));
    for (const { file, why } of unread) console.error(`${file}: ${why}`);
    if (folder) console.log(`\nSaved ${fileNames.join(', ')} in ${folder}`);
    return unread.length > 0 ? 1 : 0;
  } finally {
    await reader.close();
  }
}
