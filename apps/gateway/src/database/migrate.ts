import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';

const prismaFolder = path.join(import.meta.dirname, '../../prisma');
const noFilters = { externalTables: [], externalEnums: [] };

/**
 * Applies the migrations in prisma/migrations that the database lacks, as its owner. Uses Prisma's own engine
 * as WebAssembly, so nothing is downloaded and the bookkeeping is that of `prisma migrate deploy`.
 * @returns the names of those applied now.
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const engine = await openEngine(ownerUrl);
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: await readMigrations(),
      filters: noFilters,
    });
    return appliedMigrationNames;
  } finally {
    engine.free();
  }
}

/** The SQL that would bring the migrated database to prisma/schema.prisma; empty when they agree. */
export async function schemaDrift(ownerUrl: string): Promise<string> {
  const content = await readFile(path.join(prismaFolder, 'schema.prisma'), 'utf8');
  const engine = await openEngine(ownerUrl);
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', configDir: prismaFolder, files: [{ path: 'schema.prisma', content }] },
      to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] },
      script: true,
      exitCode: null,
      filters: noFilters,
    });
    return stdout ?? '';
  } finally {
    engine.free();
  }
}

async function openEngine(url: string): Promise<engineModule.SchemaEngine> {
  await loadWasm();
  const factory = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: url }));
  return engineModule.SchemaEngine.new({ datamodels: undefined }, () => undefined, factory);
}

let loading: Promise<void> | null = null;

/** The package is made for bundlers: its glue must be given the compiled module by hand. */
function loadWasm(): Promise<void> {
  loading ??= (async () => {
    const glue = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
    const bytes = await readFile(glue.replace(/\.js$/, '.wasm'));
    const { instance } = await WebAssembly.instantiate(bytes, {
      './schema_engine_bg.js': { ...engineModule },
    });
    engineModule.__wbg_set_wasm(instance.exports);
    const start = instance.exports.__wbindgen_start;
    if (typeof start === 'function') start();
  })();
  return loading;
}

async function readMigrations() {
  const baseDir = path.join(prismaFolder, 'migrations');
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = await Promise.all(
    names.sort().map(async (name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: await readFile(path.join(baseDir, name, 'migration.sql'), 'utf8'),
        },
      },
    })),
  );
  const lockfile = await readFile(path.join(baseDir, 'migration_lock.toml'), 'utf8');
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: lockfile },
    shadowDbInitScript: '',
    migrationDirectories,
  };
}
