import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

/** What one source file becomes below `dist`, as `npm run build` would write it but for its types. */
export interface Transpiled {
  /** Below `dist`, without an ending. */
  output: string;
  /** Undefined when the source is gone. */
  code: string | undefined;
  map: string | undefined;
  /** Where it stops to be TypeScript. */
  error: string | undefined;
}

/**
 * Drops the types of one file, which takes milliseconds: each file is compiled by itself (`isolatedModules`), so
 * that none has to know another. Nothing checks the types.
 */
export function transpile(root: string, workspace: string, source: string): Transpiled {
  const file = join(root, workspace, 'src', source);
  const output = join(root, workspace, 'dist', source.replace(/\.ts$/, ''));
  const text = textOf(file);
  if (text === undefined) return { output, code: undefined, map: undefined, error: undefined };
  const { outputText, sourceMapText, diagnostics } = ts.transpileModule(text, {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: {
      ...optionsOf(join(root, workspace)),
      // It looks for no package.json, so "nodenext" would make CommonJS of it.
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
    },
  });
  const map = sourceMapText && withSource(sourceMapText, output, file);
  // What follows the first is mostly its consequence.
  const [first] = diagnostics ?? [];
  return { output, code: outputText, map, error: first && describe(root, first) };
}

/** Answers whether other code is there now. */
export function write({ output, code, map }: Transpiled): boolean {
  const before = textOf(`${output}.js`);
  if (code === undefined) {
    for (const ending of ['.js', '.js.map', '.d.ts']) rmSync(`${output}${ending}`, { force: true });
    return before !== undefined;
  }
  if (before === code) return false;
  mkdirSync(dirname(output), { recursive: true });
  if (map !== undefined) writeFileSync(`${output}.js.map`, map);
  writeFileSync(`${output}.js`, code);
  return true;
}

function optionsOf(folder: string): ts.CompilerOptions {
  const parsed = ts.getParsedCommandLineOfConfigFile(
    join(folder, 'tsconfig.build.json'),
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
        throw new Error(ts.flattenDiagnosticMessageText(messageText, ' '));
      },
    },
  );
  return parsed?.options ?? {};
}

function withSource(map: string, output: string, file: string): string {
  return JSON.stringify({ ...JSON.parse(map), sources: [relative(dirname(output), file)] });
}

function describe(root: string, { file, start, messageText }: ts.Diagnostic): string {
  const text = ts.flattenDiagnosticMessageText(messageText, ' ');
  if (!file || start === undefined) return text;
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  return `${relative(root, file.fileName)}:${line + 1}:${character + 1} ${text}`;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
