import { commandLine } from '@lucency/command-line';
import { engineOption } from '../engine-option.js';
import { inOrder } from '../in-order.js';
import { fromHere } from '../paths.js';
import { openReader } from '../reader.js';
import { UsageError, usage } from '../usage.js';
import { classifyFile } from './classify-file.js';
import { filesOf } from './files-of.js';
import { jsonLine } from './json-line.js';
import { type HeatmapSaver, heatmapSaver } from './save-heatmap.js';
import { classifyTable, operatingPointLine } from './table.js';

/** Two batches of the engine: one computing, one being prepared. */
const filesAtOnce = 16;

/** @returns the exit code. */
export async function classify(args: string[]): Promise<number> {
  const { values, positionals } = commandLine(usage, {
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      heatmap: { type: 'string' },
      engine: { type: 'string' },
      'operating-point': { type: 'string' },
    },
  });
  if (positionals.length === 0) throw new UsageError('Name at least one file or folder.');
  const engine = engineOption(values.engine);
  const saveHeatmap: HeatmapSaver =
    values.heatmap === undefined ? async () => null : await heatmapSaver(fromHere(values.heatmap));
  const files = await filesOf(positionals);
  const reader = await openReader(engine, values['operating-point']);
  const table = classifyTable(files, process.stdout.isTTY);
  let unread = 0;
  try {
    if (!values.json) console.log(table.head());
    for await (const answer of inOrder(files, filesAtOnce, (file) => classifyFile(file, reader))) {
      if (answer.outcome === 'unread') unread += 1;
      const heatmap = await saveHeatmap(answer, reader.card.calibration);
      console.log(
        values.json ? jsonLine(answer, heatmap, reader.engine, reader.operatingPoint) : table.row(answer),
      );
    }
    if (!values.json) {
      console.log(`\n${reader.card.id} on ${reader.engine.name}. ${reader.card.intendedUse}`);
      if (reader.operatingPoint) console.log(operatingPointLine(reader.operatingPoint));
    }
  } finally {
    await reader.close();
  }
  return unread > 0 ? 1 : 0;
}
