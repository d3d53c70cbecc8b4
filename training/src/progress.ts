/** One line that tells how far a step is; rewritten in place on a terminal, now and then elsewhere. */
export interface Progress {
  show(step: string, done: number, total: number): void;
  say(line: string): void;
}

const width = 30;
const quietMilliseconds = 10_000;

export function showProgress(stream: NodeJS.WriteStream): Progress {
  let started = { step: '', at: 0, done: 0 };
  let written = 0;
  return {
    show(step, done, total) {
      const now = Date.now();
      if (started.step !== step) started = { step, at: now, done };
      const finished = done >= total;
      if (!stream.isTTY && !finished && now - written < quietMilliseconds) return;
      written = now;
      const share = total > 0 ? done / total : 1;
      const bar = '#'.repeat(Math.round(width * share)).padEnd(width, '.');
      const speed = (done - started.done) / Math.max(1, now - started.at);
      const left = speed > 0 && !finished ? `, ${Math.ceil((total - done) / speed / 1000)} s left` : '';
      const line = `${step.padEnd(26)} ${bar} ${done}/${total}${left}`;
      stream.write(stream.isTTY ? `\r\x1b[2K${line}${finished ? '\n' : ''}` : `${line}\n`);
    },
    say(line) {
      stream.write(`${line}\n`);
    },
  };
}
