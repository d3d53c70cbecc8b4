// Read by k6 too: imports nothing that only Node has.

/** What the clients wrote down as it happened; one JSON object a line. Times are epoch milliseconds. */
export type Entry =
  /** Everyone is signed in; the crowds begin to walk. */
  | { is: 'began'; at: number }
  | {
      is: 'acknowledged';
      at: number;
      /** The patient reference: random, and like no other. */
      key: string;
      study: string;
      /** Place among the participants. */
      who: number;
      crowd: string;
      stat: boolean;
      /** How long the acknowledgement took. */
      ms: number;
    }
  | { is: 'seen'; at: number; key: string; stat: boolean; state: string; ms: number }
  /** The client stopped waiting for the result; the platform may still bring it. */
  | { is: 'unseen'; at: number; key: string; stat: boolean; ms: number }
  /** BUSY or QUOTA. */
  | { is: 'turnedAway'; at: number; who: number; crowd: string; code: string; retryAfterSeconds: number }
  /** A careful client was turned away for so long that it kept the study for later. */
  | { is: 'gaveUp'; at: number; who: number; crowd: string; stat: boolean }
  | { is: 'error'; at: number; who: number; crowd: string; during: string; code: string }
  | { is: 'subscribed'; at: number; ms: number; again: boolean };
