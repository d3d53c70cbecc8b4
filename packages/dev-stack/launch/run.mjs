// node run.mjs <workspace> [arguments]: runs dist/main.js of a workspace, installed and built, where the
// person stands who typed the command, so that file names mean what they think.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, install, requireNode, root, run } from './workspace.mjs';

requireNode();
const [workspace, ...args] = process.argv.slice(2);
if (!workspace || !existsSync(join(root, workspace, 'package.json'))) {
  console.error(`There is no workspace ${workspace}.`);
  process.exit(2);
}
await install();
await build([workspace]);
const cwd = process.env.INIT_CWD ?? process.cwd();
process.exit(await run(process.execPath, [join(root, workspace, 'dist/main.js'), ...args], { cwd }));
