/** Shows on the terminal how long a step has been running, and how it ended. */
export async function showStep<T>(what: string, work: () => Promise<T>): Promise<T> {
  const { stderr } = process;
  const begun = Date.now();
  const seconds = () => `${((Date.now() - begun) / 1000).toFixed(0)} s`;
  stderr.write(stderr.isTTY ? what : `${what} ...\n`);
  const ticker = stderr.isTTY && setInterval(() => stderr.write(`\r${what} ... ${seconds()}`), 1000);
  let ending = 'failed';
  try {
    const result = await work();
    ending = 'done';
    return result;
  } finally {
    if (ticker) clearInterval(ticker);
    stderr.write(`${stderr.isTTY ? '\r' : ''}${what} ... ${ending} (${seconds()})\n`);
  }
}
