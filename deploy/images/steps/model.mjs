// node model.mjs TO [--without-weights]: copies the model (LUCENCY_MODEL_DIR, else the only one in models/) to TO. Its
// weights are made whole first: a service on a read-only file system could not join a head with its trunk when it starts.
import { existsSync } from 'node:fs';
import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { assembleWeights, locateModel } from '@lucency/model/weights';

const [to, option] = process.argv.slice(2);
const from = await locateModel();
const card = ['model.json', 'report/report.json'];
// The rest of the report is for people, and the head went into the weights.
const left = new Set(['report', 'head.safetensors', ...card]);

const wanted = card.filter((name) => existsSync(join(from, name)));
if (option !== '--without-weights') {
  await assembleWeights(from);
  wanted.push(...(await readdir(from)).filter((name) => !left.has(name)));
}
for (const name of wanted) await cp(join(from, name), join(to, name), { recursive: true });
