/** What the page knows of its way to the gateway. */
export interface ConnectionState {
  /** `idle` until something asks for live updates. */
  live: 'idle' | 'live' | 'away';
  /** Raised with every connection, so that followers know they may have missed something. */
  epoch: number;
  /** `ended`: only signing in again helps. `away`: the sign-in service does not answer. `refused`: by the gateway. */
  session: 'good' | 'away' | 'refused' | 'ended';
}

export interface Connection {
  read(): ConnectionState;
  subscribe(listener: () => void): () => void;
  change(part: Partial<ConnectionState>): void;
}

export const initialConnection: ConnectionState = { live: 'idle', epoch: 0, session: 'good' };

export function connectionStore(): Connection {
  let state = initialConnection;
  const listeners = new Set<() => void>();
  return {
    read: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change(part) {
      state = { ...state, ...part };
      for (const listener of listeners) listener();
    },
  };
}
