import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { commandLine, refuse } from '@lucency/command-line';
import { sendFiles } from './send-files.js';

const usage = `npm run send -- FILES [--host localhost] [--port 11112] [--called LUCENCY] [--calling SEND]
Sends DICOM files, or all in a folder, to a DICOM port as a modality does (C-STORE), and prints each answer.
  --host, --port  where the port is; \`npm start\` prints its own
  --called        AE title of the port
  --calling       AE title that it is told`;

/** @returns the exit code: 0 when everything was stored */
export async function send(args: string[]): Promise<number> {
  const { values, positionals } = commandLine(usage, {
    args,
    allowPositionals: true,
    options: {
      host: { type: 'string', default: 'localhost' },
      port: { type: 'string', default: '11112' },
      called: { type: 'string', default: 'LUCENCY' },
      calling: { type: 'string', default: 'SEND' },
    },
  });
  const port = Number(values.port);
  if (!(Number.isInteger(port) && port > 0 && port < 65_536)) {
    refuse(`--port takes a number from 1 to 65535, not ${values.port}`);
  }
  if (positionals.length === 0) refuse('Name the files to send. --help says more.');
  const files: string[] = [];
  for (const name of positionals) {
    const found = await filesIn(name).catch(() => refuse(`${name} is not there or cannot be read`));
    files.push(...found);
  }
  let failed = 0;
  const titles = { called: values.called, calling: values.calling };
  await sendFiles(files, { host: values.host, port, ...titles }, ({ file, status, comment }) => {
    if (status !== '0000') failed += 1;
    console.log(`${status ?? 'none'}  ${file}${comment ? `  ${comment}` : ''}`);
  });
  console.log(`${files.length - failed} of ${files.length} stored`);
  return failed === 0 ? 0 : 1;
}

async function filesIn(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
