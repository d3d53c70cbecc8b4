/** One line that tells how far a step is; rewritten in place on a terminal, now and then elsewhere. */
export interface Progress {
  show(step: string, done: number, total: number): void;
  say(line: string): void;
}

const width = 30;
const quietMilliseconds = 10_000;
/** How far back the speed looks. */
const windowMilliseconds = 20_000;

export function showProgress(stream: NodeJS.WriteStream): Progress {
  let step = '';
  let seen: { at: number; done: number }[] = [];
  let written = 0;
  return {
    show(name, done, total) {
      const now = Date.now();
      if (step !== name || done < (seen.at(-1)?.done ?? 0)) {
        step = name;
        seen = [];
      }
      seen = [...seen.filter(({ at }) => now - at < windowMilliseconds), { at: now, done }];
      const finished = done >= total;
      if (!stream.isTTY && !finished && now - written < quietMilliseconds) return;
      written = now;
      const line = progressLine(name, done, total, speedOf(seen));
      stream.write(stream.isTTY ? `\r\x1b[2K${line}${finished ? '\n' : ''}` : `${line}\n`);
    },
    say(line) {
      stream.write(stream.isTTY ? `\r\x1b[2K${line}\n` : `${line}\n`);
    },
  };
}

/** A second, over the window; undefined while nothing can be told. */
function speedOf(seen: readonly { at: number; done: number }[]): number | undefined {
  const [first, last] = [seen[0], seen.at(-1)];
  if (!first || !last || last.at - first.at < 1000) return undefined;
  return (1000 * (last.done - first.done)) / (last.at - first.at);
}

/** `speed`: images (or whatever is counted) a second. */
export function progressLine(step: string, done: number, total: number, speed: number | undefined): string {
  const share = total > 0 ? Math.min(1, done / total) : 1;
  const bar = '#'.repeat(Math.round(width * share)).padEnd(width, '.');
  const told = speed ? `, ${speed.toFixed(speed < 10 ? 1 : 0)} images/s` : '';
  const left = speed && done < total ? `, ${duration((total - done) / speed)} left` : '';
  return `${step.padEnd(26)} ${bar} ${done}/${total}${told}${left}`;
}

function duration(seconds: number): string {
  const rounded = Math.ceil(seconds);
  if (rounded < 90) return `${rounded} s`;
  return `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
}
