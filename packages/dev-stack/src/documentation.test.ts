import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../../..');
/** Not ours, or made by a build. */
const skipped = new Set(['node_modules', 'dist', 'generated', 'report', 'reports']);

function* markdownBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const name = path.join(folder, entry.name);
    const hidden = entry.name.startsWith('.') && entry.name !== '.github';
    if (entry.isDirectory() && !hidden && !skipped.has(entry.name)) yield* markdownBelow(name);
    else if (entry.isFile() && name.endsWith('.md')) yield name;
  }
}
const pages = [...markdownBelow('.')];

const read = (page: string) => readFileSync(path.join(root, page), 'utf8');
const withoutPrograms = (text: string) => text.replaceAll(/^```[\s\S]*?^```$/gm, '');

/** As GitHub makes the address of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number} _-]/gu, '')
    .replaceAll(' ', '-');

function anchorsOf(page: string): string[] {
  return [...withoutPrograms(read(page)).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    anchorOf(heading),
  );
}

/** Links of a page that lead nowhere. */
function brokenLinks(page: string): string[] {
  const links = [...withoutPrograms(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? page : path.join(path.dirname(page), file);
    if (!existsSync(path.join(root, target))) return true;
    return anchor !== undefined && !anchorsOf(target).includes(anchor);
  });
}

/** Files and folders of this repository that a page names in its text. */
function pathsIn(page: string): string[] {
  const rooted =
    /`((?:apps|packages|training|tests|capacity|bench|load-tests|deploy|docs|models|tools)\/[^`\s]*)`/g;
  const named = [...withoutPrograms(read(page)).matchAll(rooted)].map(([, name = '']) => name);
  // Names that whoever reads them chooses are none.
  return named.filter((name) => !/NAME|YYYY/.test(name));
}

const decisions = pages.filter((page) => /^docs\/adr\/\d/.test(page));

describe('the documentation', () => {
  it.each(pages)('has no broken link: %s', (page) => {
    expect(brokenLinks(page)).toEqual([]);
  });

  it.each(['CONTRIBUTING.md', ...decisions])('names files and folders that are there: %s', (page) => {
    expect(pathsIn(page).filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
  });

  it('tells newcomers of files, and lists every decision', () => {
    expect(pathsIn('CONTRIBUTING.md').length).toBeGreaterThan(50);
    const index = read('docs/adr/README.md');
    expect(decisions.filter((page) => !index.includes(`(${path.basename(page)})`))).toEqual([]);
    expect(decisions.length).toBeGreaterThan(10);
  });
});
