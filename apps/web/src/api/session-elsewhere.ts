import { useEffect } from 'react';
import type { AccessTokens } from './access-token';
import type { Connection } from './connection';

const channelName = 'lucency-session';
const signedOut = 'signed-out';

/** A channel also hears what another of its own page says. */
let isLeaving = false;

/** Forgets what this tab kept, and has the other pages of this browser end; this one goes its own way. */
export function announceSignOut(): void {
  isLeaving = true;
  sessionStorage.clear();
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(signedOut);
  channel.close();
}

/** Follows what happens to the session in other pages: signing out there ends this page, signing in revives it. */
export function useSessionElsewhere(connection: Connection, tokens: AccessTokens): void {
  useEffect(() => {
    const channel = new BroadcastChannel(channelName);
    channel.onmessage = ({ data }) => {
      if (data !== signedOut || isLeaving) return;
      sessionStorage.clear();
      // A full load: nothing of this person stays in memory, and Back does not return to it.
      window.location.replace('/sign-in?notice=signed-out');
    };
    return () => channel.close();
  }, []);

  useEffect(() => {
    const look = async () => {
      if (document.visibilityState !== 'visible' || connection.read().session !== 'ended') return;
      await tokens.get().then(
        () => connection.change({ session: 'good', epoch: connection.read().epoch + 1 }),
        () => undefined,
      );
    };
    const listener = () => void look();
    document.addEventListener('visibilitychange', listener);
    window.addEventListener('focus', listener);
    return () => {
      document.removeEventListener('visibilitychange', listener);
      window.removeEventListener('focus', listener);
    };
  }, [connection, tokens]);
}
