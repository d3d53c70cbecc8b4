import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './platform.js';

/** The programs of a page in a language, word for word. */
export async function programsIn(page: string, language: 'sh' | 'python' | 'ts'): Promise<string[]> {
  const text = await readFile(path.join(root, page), 'utf8');
  const programs = text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'));
  return [...programs].map(([, program = '']) => program);
}
