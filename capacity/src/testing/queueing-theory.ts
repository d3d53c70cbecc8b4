/** Closed forms that a simulation must meet; rates are per second, means in seconds. See Kleinrock 1975, chapters 3-5. */
export interface Load {
  readonly arrivals: number;
  /** Of one server. */
  readonly service: number;
}

/** Mean wait before service, one server, exponential service (M/M/1). */
export function meanWaitExponential({ arrivals, service }: Load): number {
  const load = arrivals / service;
  return load / (service - arrivals);
}

/** Mean wait before service, one server, service of fixed length (M/D/1, Pollaczek and Khinchine). */
export function meanWaitFixed({ arrivals, service }: Load): number {
  return meanWaitExponential({ arrivals, service }) / 2;
}

/** Probability that an arrival waits, several servers, exponential service (Erlang C). */
export function waitingProbability({ arrivals, service }: Load, servers: number): number {
  const offered = arrivals / service;
  let blocked = 1;
  for (let server = 1; server <= servers; server += 1)
    blocked = (offered * blocked) / (server + offered * blocked);
  return blocked / (1 - (offered / servers) * (1 - blocked));
}

/** Mean wait before service (M/M/c). */
export function meanWaitErlang(load: Load, servers: number): number {
  return waitingProbability(load, servers) / (servers * load.service - load.arrivals);
}

/** Mean waits of two classes, the first served first without breaking off the other (Cobham 1954), one server. */
export function meanWaitsByPriority(
  first: number,
  second: number,
  service: number,
): { first: number; second: number } {
  // Mean of what is left of the service under way: half the second moment of service times all arrivals.
  const left = (first + second) / service ** 2;
  const [firstLoad, load] = [first / service, (first + second) / service];
  return { first: left / (1 - firstLoad), second: left / ((1 - firstLoad) * (1 - load)) };
}
