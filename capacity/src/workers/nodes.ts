/** What one pod asks of a node. */
export interface Request {
  readonly cores: number;
  /** GPUs. */
  readonly cards: number;
}

/** What all nodes of a cluster have together; a pod for which there is no room waits until another goes. */
export class Nodes {
  #free: Request;
  readonly #waiting: { request: Request; placed: () => void; freed: boolean }[] = [];

  constructor(all: Request) {
    this.#free = all;
  }

  /** @returns what gives the place back, or gives up waiting for it. */
  place(request: Request, placed: () => void): () => void {
    const pod = { request, placed, freed: false };
    this.#waiting.push(pod);
    this.#fill();
    return () => {
      const at = this.#waiting.indexOf(pod);
      if (at >= 0) this.#waiting.splice(at, 1);
      else if (!pod.freed) {
        pod.freed = true;
        this.#free = { cores: this.#free.cores + request.cores, cards: this.#free.cards + request.cards };
        this.#fill();
      }
    };
  }

  #fill(): void {
    for (const pod of [...this.#waiting]) {
      const { cores, cards } = pod.request;
      if (cores > this.#free.cores || cards > this.#free.cards) continue;
      this.#free = { cores: this.#free.cores - cores, cards: this.#free.cards - cards };
      this.#waiting.splice(this.#waiting.indexOf(pod), 1);
      pod.placed();
    }
  }
}
