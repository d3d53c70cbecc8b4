// npm run dev [-- --port N --home DIR --no-samples --observe]
import { help } from './stack-options.mjs';
import { build, generate, install, requireNode, root } from './workspace.mjs';

help(`npm run dev [-- --port N] [--home DIR] [--no-samples] [--observe]
As npm start, and an edit restarts what it touches within seconds: services whose code, or that of a package they
use, was edited; the portal takes edits over into open pages. Types are not checked.`);
requireNode();
const editsSince = Date.now();
await install();
await build(['packages/dev-stack']);
const { services } = await import('../dist/index.js');
const isPortal = (folder) => folder === 'apps/web';
const folders = services.map(({ folder }) => folder);
await build(folders.filter((folder) => !isPortal(folder)));
// Next.js compiles the portal as its pages are asked for.
await generate(folders.filter(isPortal));
const { start } = await import('../dist/start.js');
process.exit(await start(root, process.argv.slice(2), { editsSince }));
