import { readFile } from 'node:fs/promises';
import { classifyImage, type ImageAnswer, type ImageReader } from '@lucency/reading';
import { fromHere } from '../paths.js';

/** `unread` when there was no answer at all: no such file, or something broke. */
export type FileAnswer = { file: string } & (ImageAnswer | { outcome: 'unread'; why: string });

export async function classifyFile(file: string, reader: ImageReader): Promise<FileAnswer> {
  try {
    return { file, ...(await classifyImage(await readFile(fromHere(file)), reader)) };
  } catch (error) {
    return { file, outcome: 'unread', why: explain(error) };
  }
}

function explain(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'There is no such file.';
  if (code === 'EACCES') return 'This file may not be read by you.';
  return error instanceof Error ? error.message : String(error);
}
