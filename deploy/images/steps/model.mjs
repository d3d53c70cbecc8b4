// node model.mjs TO [--card-only]: copies the model (LUCENCY_MODEL_DIR, else the only one in models/) to TO. Its weights
// are made whole first: a service on a read-only file system could not join a head with its trunk when it starts.
import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { assembleWeights, locateModel } from '@lucency/model/weights';

const [to, option] = process.argv.slice(2);
const from = await locateModel();
await mkdir(to, { recursive: true });
if (option === '--card-only') {
  await cp(join(from, 'model.json'), join(to, 'model.json'));
} else {
  await assembleWeights(from);
  // Services read neither the report nor the head that the weights were joined from.
  const left = new Set(['report', 'head.safetensors']);
  for (const name of await readdir(from)) {
    if (!left.has(name)) await cp(join(from, name), join(to, name), { recursive: true });
  }
}
