import type { Simulation } from '../simulation/simulation.js';
import type { HeldJob } from './intake.js';
import type { Nodes, Request } from './nodes.js';

/** A pod that takes jobs. */
export interface Pod {
  drain(drained: () => void): void;
  kill(): HeldJob[];
}

export interface DeploymentOptions {
  readonly simulation: Simulation;
  readonly nodes: Nodes;
  readonly request: Request;
  /** From its place on a node to its first job. */
  readonly startSeconds: number;
  readonly startPod: () => Pod;
}

/** Pods from this time on: asked for, and taking jobs. */
export interface PodCount {
  readonly time: number;
  readonly wanted: number;
  readonly ready: number;
}

interface Member {
  pod: Pod | null;
  placedAt: number | null;
  removed: boolean;
  leaveNode: () => void;
}

/** Keeps as many pods as are wanted. The youngest goes first, one that is not ready yet before all others. */
export class Deployment {
  readonly #options: DeploymentOptions;
  #members: Member[] = [];
  #occupiedSeconds = 0;
  readonly #occupying = new Set<Member>();
  readonly history: PodCount[] = [];

  /** Pods of the first moment are ready. */
  constructor(options: DeploymentOptions, replicas: number) {
    this.#options = options;
    for (let pod = 0; pod < replicas; pod += 1) this.#add(0);
    this.#note();
  }

  get replicas(): number {
    return this.#members.length;
  }

  /** Seconds that its pods had places on nodes, until now. */
  get occupiedSeconds(): number {
    const { now } = this.#options.simulation;
    return [...this.#occupying].reduce(
      (sum, { placedAt }) => sum + now - (placedAt ?? now),
      this.#occupiedSeconds,
    );
  }

  scaleTo(replicas: number): void {
    if (replicas === this.replicas) return;
    while (this.replicas < replicas) this.#add(this.#options.startSeconds);
    while (this.replicas > replicas) this.#removeYoungest();
    this.#note();
  }

  /** Ends a ready pod without warning, the one at that share (0-1) of them; another takes its place. */
  kill(share: number): HeldJob[] {
    const ready = this.#members.filter(({ pod }) => pod);
    const member = ready[Math.floor(share * ready.length)];
    if (!member) return [];
    const held = member.pod?.kill() ?? [];
    this.#members = this.#members.filter((other) => other !== member);
    this.#leave(member);
    this.#add(this.#options.startSeconds);
    this.#note();
    return held;
  }

  #add(startSeconds: number): void {
    const { simulation, nodes, request, startPod } = this.#options;
    const member: Member = { pod: null, placedAt: null, removed: false, leaveNode: () => undefined };
    const start = () => {
      if (!member.removed) member.pod = startPod();
    };
    this.#members.push(member);
    member.leaveNode = nodes.place(request, () => {
      member.placedAt = simulation.now;
      this.#occupying.add(member);
      if (startSeconds === 0) start();
      else {
        simulation.after(startSeconds, () => {
          start();
          this.#note();
        });
      }
    });
  }

  #removeYoungest(): void {
    const member = this.#members.findLast(({ pod }) => !pod) ?? this.#members.at(-1);
    if (!member) return;
    this.#members = this.#members.filter((other) => other !== member);
    member.removed = true;
    if (member.pod) member.pod.drain(() => this.#leave(member));
    else this.#leave(member);
  }

  #leave(member: Member): void {
    const { now } = this.#options.simulation;
    this.#occupiedSeconds += now - (member.placedAt ?? now);
    this.#occupying.delete(member);
    member.leaveNode();
  }

  #note(): void {
    const ready = this.#members.filter(({ pod }) => pod).length;
    this.history.push({ time: this.#options.simulation.now, wanted: this.replicas, ready });
  }
}
