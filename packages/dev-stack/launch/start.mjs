// npm start [-- --port N --home DIR --no-samples]
import { build, install, requireNode, root } from './workspace.mjs';

requireNode();
await install();
await build(['apps/gateway', 'apps/inference', 'apps/explain', 'apps/web', 'packages/dev-stack']);
const { start } = await import('../dist/start.js');
process.exit(await start(root, process.argv.slice(2)));
