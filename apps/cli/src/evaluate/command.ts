import { existsSync } from 'node:fs';
import { commandLine, showProgress } from '@lucency/command-line';
import {
  composeReport,
  evaluatedFiles,
  groupColumns,
  hasManifest,
  sectionsByGroup,
  writeReport,
} from '@lucency/evaluation';
import { labelledImages } from '../cases/labelled-images.js';
import { readCases } from '../cases/read-cases.js';
import { engineOption } from '../engine-option.js';
import { fromHere } from '../paths.js';
import { openReader } from '../reader.js';
import { InputError, UsageError, usage } from '../usage.js';
import { groupLines, refusalLines, summaryLines } from './summary.js';

/** @returns the exit code. */
export async function evaluate(args: string[]): Promise<number> {
  const { values } = commandLine(usage, {
    args,
    options: {
      data: { type: 'string' },
      engine: { type: 'string' },
      out: { type: 'string' },
      'group-by': { type: 'string' },
      masks: { type: 'string' },
    },
  });
  if (values.data === undefined || !existsSync(fromHere(values.data)))
    throw new UsageError('Name the folder or the manifest of the images with --data.');
  const engine = engineOption(values.engine);
  const columns = (values['group-by'] ?? '').split(',').filter(Boolean);
  const files = await labelledImages(values.data);
  const known = groupColumns(files);
  const unknown = columns.filter((column) => !known.includes(column));
  if (unknown.length > 0)
    throw new InputError(
      `${values.data} cannot be grouped by ${unknown.join(', ')}: ${
        known.length > 0
          ? `its other columns are ${known.join(', ')}`
          : 'it has no columns but those of the labels'
      }.`,
    );

  const reader = await openReader(engine);
  try {
    const masks = values.masks === undefined ? undefined : fromHere(values.masks);
    const { cases, unread } = await readCases(files, reader, {
      progress: showProgress(process.stderr),
      masks,
    });
    const content = {
      card: reader.card,
      engine: reader.engine.name,
      rows: evaluatedFiles(
        cases.filter(({ otherAbnormal }) => !otherAbnormal),
        reader.card.calibration,
      ),
      measuredOn: hasManifest(fromHere(values.data)) ? 'the images of a manifest' : 'the images of a folder',
      sections: sectionsByGroup(cases, columns, reader.card),
    };
    const folder = values.out === undefined ? undefined : fromHere(values.out);
    const { report, fileNames } = folder
      ? await writeReport(folder, content)
      : { report: composeReport(content), fileNames: [] };
    const limits = reader.card.limits.map((limit) => `- ${limit}`);
    console.log(
      [...summaryLines(report), ...groupLines(report), ...refusalLines(report), '', ...limits].join('\n'),
    );
    for (const { file, why } of unread) console.error(`${file}: ${why}`);
    if (folder) console.log(`\nSaved ${fileNames.join(', ')} in ${folder}`);
    return unread.length > 0 ? 1 : 0;
  } finally {
    await reader.close();
  }
}
