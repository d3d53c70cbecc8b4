import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import type { Pool } from 'pg';
import { knownMigrations, migrationsFolder } from './schema-version.js';

const prismaFolder = path.join(import.meta.dirname, '../../prisma');
const noFilters = { externalTables: [], externalEnums: [] };

/**
 * Applies the migrations in prisma/migrations that the database lacks, as its owner. Uses Prisma's own engine
 * as WebAssembly, so nothing is downloaded and the bookkeeping is that of `prisma migrate deploy`.
 * @returns the names of those applied now.
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  return withEngine(ownerUrl, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: await readMigrations(),
      filters: noFilters,
    });
    return appliedMigrationNames;
  });
}

/** The SQL that makes the tables of prisma/schema.prisma in an empty database. */
export async function declaredTables(ownerUrl: string): Promise<string> {
  const content = await readFile(path.join(prismaFolder, 'schema.prisma'), 'utf8');
  return withEngine(ownerUrl, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] },
      script: true,
      exitCode: null,
      filters: noFilters,
    });
    return stdout ?? '';
  });
}

async function withEngine<T>(
  url: string,
  work: (engine: engineModule.SchemaEngine) => Promise<T>,
): Promise<T> {
  await loadWasm();
  const adapters = new WholeScripts({ connectionString: url });
  const factory = bindMigrationAwareSqlAdapterFactory(adapters);
  const engine = await engineModule.SchemaEngine.new({ datamodels: undefined }, () => undefined, factory);
  try {
    return await work(engine);
  } finally {
    engine.free();
    // The engine's lock against other migrations ends with its connection.
    await adapters.dispose();
  }
}

/**
 * Prisma's adapter cuts a script at every semicolon, also inside functions. Sent whole, a migration is one
 * implicit transaction besides.
 */
class WholeScripts extends PrismaPg {
  readonly #pools = new Set<Pool>();

  override async connect() {
    const adapter = await super.connect();
    this.#pools.add(adapter.underlyingDriver());
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(script);
    };
    return adapter;
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#pools].filter((pool) => !pool.ended).map((pool) => pool.end()));
  }
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
  const migrationDirectories = await Promise.all(
    (await knownMigrations()).map(async (name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: await readFile(path.join(migrationsFolder, name, 'migration.sql'), 'utf8'),
        },
      },
    })),
  );
  const lockfile = await readFile(path.join(migrationsFolder, 'migration_lock.toml'), 'utf8');
  return {
    baseDir: migrationsFolder,
    lockfile: { path: 'migration_lock.toml', content: lockfile },
    shadowDbInitScript: '',
    migrationDirectories,
  };
}
