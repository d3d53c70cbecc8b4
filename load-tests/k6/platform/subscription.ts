import { clearTimeout, setTimeout } from 'k6/timers';
import { WebSocket } from 'k6/websockets';
import type { Participant } from './participants.ts';
import { settings } from './settings.ts';
import { tokenOf } from './tokens.ts';

interface GraphqlError {
  extensions?: { code?: string };
}

/** What a server says to a subscriber in the protocol graphql-transport-ws. */
interface ServerMessage {
  type: 'connection_ack' | 'next' | 'error' | 'complete' | 'ping' | 'pong';
  /** Of 'error', the errors themselves. */
  payload?: { data?: unknown; errors?: GraphqlError[] } | GraphqlError[];
}

export interface Subscriber<T> {
  query: string;
  variables?: Record<string, unknown>;
  /** @returns true when it has seen enough. */
  onEvent(data: T): boolean;
  /** Closes the socket then, if it is still open. */
  untilMs: number;
}

/** Of WebSocket's readyState; k6 exports no name for it. */
const isOpen = 1;

/** Why a subscription ended. */
export type Ending = 'seen' | 'time' | { error: string };

/** Follows one subscription over a WebSocket of its own. Resolves when its socket has closed, or was given up. */
export function follow<T>(participant: Participant, subscriber: Subscriber<T>): Promise<Ending> {
  const { query, variables = {}, onEvent, untilMs } = subscriber;
  const token = tokenOf(participant.who, participant.firstToken);
  const socket = new WebSocket(`${settings.url.replace(/^http/, 'ws')}/graphql`, null, {
    headers: { 'Sec-WebSocket-Protocol': 'graphql-transport-ws' },
    tags: { name: 'subscription' },
  });
  const say = (message: Record<string, unknown>) => socket.send(JSON.stringify(message));
  return new Promise((resolve) => {
    let ending: Ending | undefined;
    // The first reason counts: a socket that is being closed may still report an error.
    const end = (how: Ending) => {
      ending ??= how;
      // k6 1.8.1 blocks for good in close() of a socket that is still connecting; such a one closes once it is open.
      if (socket.readyState === isOpen) socket.close(1000);
      else resolve(ending);
    };
    const timer = setTimeout(() => end('time'), untilMs);
    socket.onopen = () => {
      if (ending) socket.close(1000);
      else say({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    };
    socket.onmessage = (event) => {
      const { type, payload }: ServerMessage = JSON.parse(String(event?.data));
      if (type === 'connection_ack') say({ id: '1', type: 'subscribe', payload: { query, variables } });
      if (type === 'ping') say({ type: 'pong' });
      if (type === 'error') end({ error: refusalOf(payload) });
      if (type !== 'next') return;
      const { data, errors = [] } = Array.isArray(payload) ? {} : (payload ?? {});
      const [failure] = errors;
      if (failure) end({ error: failure.extensions?.code ?? 'SUBSCRIPTION_FAILED' });
      else if (onEvent(data as T)) end('seen');
    };
    socket.onerror = () => {
      ending ??= { error: 'SOCKET_FAILED' };
    };
    socket.onclose = () => {
      // A timer that still runs would keep the whole iteration waiting.
      clearTimeout(timer);
      resolve(ending ?? { error: 'SOCKET_CLOSED' });
    };
  });
}

function refusalOf(payload: ServerMessage['payload']): string {
  const [first] = Array.isArray(payload) ? payload : [];
  return `SUBSCRIPTION_REFUSED_${first?.extensions?.code ?? ''}`;
}
