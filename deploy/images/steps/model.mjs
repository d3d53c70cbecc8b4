// node model.mjs TO [--without-weights]: copies the model (LUCENCY_MODEL_DIR, else the only one in models/) to TO, and
// with the weights what finds the lungs to TO/lungs.
import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { locateLungs, lungsCardFile } from '@lucency/model/lungs';
import { locateModel, weightsFileName } from '@lucency/model/weights';

const [to, option] = process.argv.slice(2);
const from = await locateModel();
// The rest of the report is for people.
const card = ['model.json', 'report/report.json'].filter((name) => existsSync(join(from, name)));
const wanted = option === '--without-weights' ? card : [...card, weightsFileName];
for (const name of wanted) await cp(join(from, name), join(to, name), { recursive: true });
if (option !== '--without-weights') {
  const lungs = await locateLungs();
  for (const name of [lungsCardFile, weightsFileName]) await cp(join(lungs, name), join(to, 'lungs', name));
}
