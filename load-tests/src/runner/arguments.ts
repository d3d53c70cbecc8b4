import { readOptions } from '@lucency/command-line';
import { defaultHome } from '@lucency/dev-stack';
import { findLoad, loads } from '../loads/index.ts';
import type { Load } from '../loads/load.ts';
import type { RemoteOptions } from '../platform/remote.ts';

/** Measured on two cores with the generator beside the services; see docs/operations/load-tests.md. */
const measuredCapacity = 20;

export type Platform = { is: 'fresh' } | { is: 'running'; home: string } | ({ is: 'remote' } & RemoteOptions);

export interface LoadArguments {
  is: 'load';
  load: Load;
  minutes: number;
  capacity: number;
  platform: Platform;
  compareWith: string | undefined;
}

export interface JudgeArguments {
  is: 'judge';
  journals: string[];
  platform: Platform;
}

export const usage = `npm run load -- LOAD [--minutes N] [--capacity STUDIES_A_SECOND] [--compare REPORT.json]
npm run load -- judge JOURNAL...      the oracle alone, for journals that were written elsewhere
  [--home DIR]                        the platform that npm start runs on this home; the usual one when left out
  [--fresh]                           a platform for this run alone
  [--url URL --issuer URL --client-id ID --client-secret-file FILE]
                                      any other; several clients by repeating the last two

${loads.map(({ name, minutes, about }) => `  ${name.padEnd(11)} ${String(minutes).padStart(3)} min  ${about}`).join('\n')}`;

/** @throws with a sentence for what cannot be understood */
export function readArguments(args: readonly string[]): LoadArguments | JudgeArguments {
  const { values, positionals } = readOptions({
    args: [...args],
    allowPositionals: true,
    options: {
      minutes: { type: 'string' },
      capacity: { type: 'string' },
      compare: { type: 'string' },
      home: { type: 'string' },
      fresh: { type: 'boolean' },
      url: { type: 'string' },
      issuer: { type: 'string' },
      'client-id': { type: 'string', multiple: true },
      'client-secret-file': { type: 'string', multiple: true },
    },
  });
  if (positionals[0] === 'judge') {
    const journals = positionals.slice(1);
    if (journals.length === 0) throw new Error('Name the files of the journal.');
    return { is: 'judge', journals, platform: platformOf(values) };
  }
  const load = positionals.length === 1 ? findLoad(positionals[0]) : undefined;
  if (!load)
    throw new Error(
      `Name one of the loads${positionals.length > 0 ? `, not ${positionals.join(' ')}` : ''}: ${loads.map(({ name }) => name).join(', ')}.`,
    );
  return {
    is: 'load',
    load,
    minutes: positive('--minutes', values.minutes, load.minutes),
    capacity: positive('--capacity', values.capacity, measuredCapacity),
    platform: platformOf(values),
    compareWith: values.compare,
  };
}

interface PlatformValues {
  home?: string | undefined;
  fresh?: boolean | undefined;
  url?: string | undefined;
  issuer?: string | undefined;
  'client-id'?: string[] | undefined;
  'client-secret-file'?: string[] | undefined;
}

function platformOf(values: PlatformValues): Platform {
  const { home, fresh, url, issuer, 'client-id': ids = [], 'client-secret-file': files = [] } = values;
  if (!url && (issuer || ids.length > 0 || files.length > 0)) throw new Error('--url is missing.');
  if ([url, home, fresh].filter(Boolean).length > 1)
    throw new Error('Choose one of --url, --home and --fresh.');
  if (fresh) return { is: 'fresh' };
  if (!url) return { is: 'running', home: home ?? defaultHome() };
  const clients = ids.flatMap((clientId, index) => {
    const secretFile = files[index];
    return secretFile ? [{ clientId, secretFile }] : [];
  });
  if (!issuer || clients.length === 0 || ids.length !== files.length) {
    throw new Error(
      'With --url give --issuer, and --client-id and --client-secret-file as often as each other.',
    );
  }
  return { is: 'remote', url, issuer, clients };
}

function positive(name: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!(value > 0)) throw new Error(`${name} takes a number above 0, not ${text}.`);
  return value;
}
