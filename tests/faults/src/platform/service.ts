import { startTethered, type Tethered, waitUntilReady } from '@lucency/dev-stack';

export interface ServiceOptions {
  name: string;
  /** The built entry, absolute. */
  file: string;
  env: Record<string, string>;
  healthPort: number;
  logFile: string;
}

/** One service process that is killed and started again, as Kubernetes would. */
export class Service {
  readonly #options: ServiceOptions;
  #program: Tethered | null = null;
  #supervising = true;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { name, file, env, logFile, healthPort } = this.#options;
    const program = await startTethered({
      name,
      command: process.execPath,
      args: [file],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env, HEALTH_PORT: String(healthPort) },
      logFile,
    });
    this.#program = program;
    await waitUntilReady(program, () =>
      fetch(`http://127.0.0.1:${healthPort}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
  }

  /** Starts it again whenever it ends by itself, until stop(). @returns how often it was started again. */
  supervise(): { restarts: () => number } {
    let restarts = 0;
    void (async () => {
      while (this.#supervising) {
        await this.#program?.exited;
        if (!this.#supervising) return;
        restarts += 1;
        await this.start().catch(() => undefined);
      }
    })();
    return { restarts: () => restarts };
  }

  async kill(): Promise<void> {
    await this.#program?.kill();
  }

  /** SIGTERM. @returns its exit code. */
  async stop(): Promise<number | null> {
    this.#supervising = false;
    const exit = await this.#program?.stop(30_000);
    return exit?.code ?? null;
  }
}
