import { readOptions } from '@lucency/command-line';
import { defaultHome } from './home.js';

export interface StartArguments {
  port: number | undefined;
  home: string;
  samples: boolean;
  observe: boolean;
}

/** `--port N --home DIR --no-samples --observe`. Throws with a sentence for anything else. */
export function readArguments(args: readonly string[]): StartArguments {
  const { values } = readOptions({
    args: [...args],
    options: {
      port: { type: 'string' },
      home: { type: 'string' },
      'no-samples': { type: 'boolean' },
      observe: { type: 'boolean' },
    },
  });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new Error(`--port takes a number from 1 to 65535, not ${values.port}`);
  }
  return {
    port,
    home: values.home ?? defaultHome(),
    samples: !values['no-samples'],
    observe: values.observe ?? false,
  };
}
