'use client';

import { useApolloClient } from '@apollo/client/react';
import { createContext, type ReactNode, useContext, useEffect, useReducer, useRef } from 'react';
import { retryAfterBusy, sentenceFor } from '../api/failure';
import { newSubmissions } from './new-submission';
import { ComeBackLater, SendingRefused, sendImage } from './send-image';
import { type Answers, advance, isBusy, isReady, type Phase, type Submission } from './submission';

export interface Submissions {
  all: readonly Submission[];
  add(files: readonly File[]): Promise<void>;
  answer(id: string, answers: Answers): void;
  remove(id: string): void;
  /** Sends those that are ready to a site, a few at a time. */
  send(ids: readonly string[], siteId: string): void;
}

const SubmissionsContext = createContext<Submissions | null>(null);

// More would only share the same line; fewer would leave it idle while one is hashed or submitted.
const atOnce = 3;

/** Lives above the pages: uploads go on, and their rows are still there, after a look at the worklist. */
export function SubmissionsProvider({ children }: { children: ReactNode }) {
  const client = useApolloClient();
  const [all, move] = useReducer(advance, []);
  const queue = useRef<{ submission: Submission; siteId: string }[]>([]);
  const running = useRef(0);
  useGuardAgainstLeaving(all.some(({ phase }) => isBusy(phase)));

  const work = async () => {
    if (running.current >= atOnce) return;
    const next = queue.current.shift();
    if (!next) return;
    running.current += 1;
    const { id } = next.submission;
    const onPhase = (phase: Phase) => move({ type: 'progressed', id, phase });
    const send = () => sendImage(next.submission, next.siteId, { client, onPhase });
    onPhase(await untilWelcome(send, onPhase).catch(failed));
    running.current -= 1;
    await work();
  };

  const submissions: Submissions = {
    all,
    add: async (files) => move({ type: 'added', submissions: await newSubmissions(files) }),
    answer: (id, answers) => move({ type: 'answered', id, answers, freshKey: crypto.randomUUID() }),
    remove: (id) => move({ type: 'removed', id }),
    send(ids, siteId) {
      const ready = all.filter((one) => ids.includes(one.id) && isReady(one));
      move({ type: 'started', ids: ready.map(({ id }) => id) });
      queue.current.push(...ready.map((submission) => ({ submission, siteId })));
      for (let slot = 0; slot < atOnce; slot += 1) void work();
    },
  };
  return <SubmissionsContext value={submissions}>{children}</SubmissionsContext>;
}

export function useSubmissions(): Submissions {
  const submissions = useContext(SubmissionsContext);
  if (!submissions) throw new Error('useSubmissions needs SubmissionsProvider above it');
  return submissions;
}

/** Comes back as often as it is asked to, so that nobody has to press a button for a queue. */
async function untilWelcome(send: () => Promise<Phase>, onPhase: (phase: Phase) => void): Promise<Phase> {
  for (;;) {
    try {
      return await send();
    } catch (error) {
      const seconds = error instanceof ComeBackLater ? error.seconds : retryAfterBusy(error);
      if (seconds === null) throw error;
      onPhase({ at: 'waiting', forSeconds: seconds });
      await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
    }
  }
}

function failed(error: unknown): Phase {
  if (error instanceof SendingRefused) {
    return { at: 'failed', message: error.message, earlierStudyId: error.earlierStudyId };
  }
  return { at: 'failed', message: sentenceFor(error) };
}

function useGuardAgainstLeaving(busy: boolean): void {
  useEffect(() => {
    if (!busy) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [busy]);
}
