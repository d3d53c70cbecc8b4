import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from '../check.js';
import { imagesFolder } from '../places.js';
import { run } from '../run.js';
import { findHadolint } from '../tools/hadolint.js';

/** DL3008: which versions of Debian's packages, the base image's date decides. DL3016: npm's lock file pins. */
const passedOver = ['DL3008', 'DL3016'];

export const dockerfiles: Check[] = [
  {
    name: 'Dockerfiles: hadolint',
    async faults() {
      const program = await findHadolint();
      const ignored = passedOver.flatMap((rule) => ['--ignore', rule]);
      const { ok, output } = await run(program, [
        '--failure-threshold',
        'style',
        ...ignored,
        ...(await files()),
      ]);
      return ok ? [] : output.split('\n');
    },
  },
  {
    name: 'Dockerfiles: a user by number, health by HTTP, labels',
    async faults() {
      const demands: [RegExp, string][] = [
        [/^USER [1-9]\d*:[1-9]\d*$/m, 'ends as root, or as a user whose number nobody knows'],
        [/^HEALTHCHECK .*\\\n {4}CMD \["node", .*\/healthz/m, 'has no health check by HTTP'],
        [/^LABEL org\.opencontainers\.image\.title=/m, 'has no OCI labels'],
        [/^CMD \["/m, 'starts its program through a shell, which keeps SIGTERM'],
      ];
      const paths = await files();
      const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
      return texts.flatMap((text, index) => {
        const last = text.slice(text.lastIndexOf('\nFROM '));
        return demands
          .filter(([wanted]) => !wanted.test(last))
          .map(([, fault]) => `${paths[index]} ${fault}`);
      });
    },
  },
];

async function files(): Promise<string[]> {
  const names = await readdir(imagesFolder);
  return names.filter((name) => name.endsWith('.Dockerfile')).map((name) => join(imagesFolder, name));
}
