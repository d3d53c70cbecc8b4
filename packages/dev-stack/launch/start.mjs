// npm start [-- --port N --home DIR --no-samples --observe]
import { help } from './stack-options.mjs';
import { build, install, requireNode, root } from './workspace.mjs';

help(`npm start [-- --port N] [--home DIR] [--no-samples] [--observe]
Installs, builds and runs the whole platform on this machine; Ctrl-C stops all of it.`);
requireNode();
await install();
await build([
  'apps/gateway',
  'apps/inference',
  'apps/explain',
  'apps/dicom',
  'apps/web',
  'packages/dev-stack',
]);
const { start } = await import('../dist/start.js');
process.exit(await start(root, process.argv.slice(2)));
