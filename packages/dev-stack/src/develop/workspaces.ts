import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const manifestSchema = z.object({
  name: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
});

/**
 * Folders, relative to the repository, whose code runs in the workspace in `folder`: its own and those of the
 * workspaces that it depends on, through others too.
 */
export function codeOf(root: string, folder: string): ReadonlySet<string> {
  const packages = packagesByName(root);
  const found = new Set<string>();
  const visit = (place: string) => {
    if (found.has(place)) return;
    found.add(place);
    for (const name of Object.keys(manifestIn(root, place).dependencies)) {
      const dependency = packages.get(name);
      if (dependency) visit(dependency);
    }
  };
  visit(folder);
  return found;
}

/** Apps depend on packages alone; see the rule of import directions. */
function packagesByName(root: string): Map<string, string> {
  const folders = readdirSync(join(root, 'packages')).map((name) => `packages/${name}`);
  return new Map(
    folders
      .filter((folder) => existsSync(join(root, folder, 'package.json')))
      .map((folder) => [manifestIn(root, folder).name, folder]),
  );
}

function manifestIn(root: string, folder: string) {
  return manifestSchema.parse(JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')));
}
