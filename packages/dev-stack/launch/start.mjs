// npm start [-- --port N --home DIR --no-samples --observe]
import { build, install, requireNode, root } from './workspace.mjs';

const usage = `npm start [-- --port N] [--home DIR] [--no-samples] [--observe]
Installs, builds and runs the whole platform on this machine; Ctrl-C stops all of it.
  --port N      of the portal, 3000 when left out
  --home DIR    where data, logs and secrets are kept; ~/.local/share/lucency when left out
  --no-samples  submits no drawn pictures at the first start
  --observe     adds a page with traces and metrics`;

// Before anything is installed or built.
if (process.argv.slice(2).some((word) => word === '--help' || word === '-h')) {
  console.log(usage);
  process.exit(0);
}
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
