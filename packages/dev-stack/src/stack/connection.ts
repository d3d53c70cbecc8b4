import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { lockHolder } from '../processes/file-lock.js';
import { type Home, lockFile } from './home.js';
import type { Stack } from './start-stack.js';

const connectionSchema = z.object({
  gatewayUrl: z.url(),
  issuer: z.url(),
  apiClient: z.object({ clientId: z.string(), secret: z.string() }),
  demoTokens: z.object({ url: z.url(), secret: z.string() }),
  /** The process of each program, by its name. */
  pids: z.record(z.string(), z.number()),
});

/** What another program of the same person needs to use a running stack. */
export type Connection = z.infer<typeof connectionSchema>;

const fileIn = (home: string) => join(home, 'connection.json');

export function connectionOf({ around, programs }: Stack): Connection {
  const { gatewayUrl, signIn } = around;
  return {
    gatewayUrl,
    issuer: signIn.issuer,
    apiClient: signIn.apiClient,
    demoTokens: signIn.demoTokens,
    pids: Object.fromEntries([...programs].map(([name, { pid }]) => [name, pid])),
  };
}

/** Writes it into the home, for the person who runs the stack alone: it holds secrets of the sign-in. */
export function publishConnection(stack: Stack): void {
  const file = fileIn(stack.around.home.path);
  // The mode counts only for a file that is new.
  rmSync(file, { force: true });
  writeFileSync(file, JSON.stringify(connectionOf(stack), null, 2), { mode: 0o600 });
}

export function forgetConnection(home: Home): void {
  rmSync(fileIn(home.path), { force: true });
}

/** Of the stack that runs on this home; undefined when none does or it is still starting. */
export function readConnection(home: string): Connection | undefined {
  const file = fileIn(resolve(home));
  if (!lockHolder(lockFile(resolve(home))) || !existsSync(file)) return undefined;
  return connectionSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}
