'use client';

import { useApolloClient } from '@apollo/client/react';
import { createContext, type ReactNode, useContext, useEffect, useReducer, useRef, useState } from 'react';
import { retryAfterBusy, sentenceFor } from '../api/failure';
import {
  answersOf,
  isAbout,
  isAnswered,
  type KeptAnswers,
  keepAnswers,
  readKeptAnswers,
} from './kept-answers';
import { newSubmissions } from './new-submission';
import { ComeBackLater, SendingRefused } from './put-file';
import { sendImage, sha256Of } from './send-image';
import {
  type Answers,
  advance,
  isBusy,
  isEditable,
  isReady,
  type Phase,
  type Submission,
} from './submission';

export interface Submissions {
  all: readonly Submission[];
  /** What was typed before the page was loaded anew, about files that were not chosen again yet. */
  kept: readonly KeptAnswers[];
  /** Whether leaving would lose a file that was chosen but not sent. */
  hasUnsent: boolean;
  isSending: boolean;
  add(files: readonly File[]): Promise<void>;
  answer(id: string, answers: Answers): void;
  remove(id: string): void;
  forgetKept(): void;
  /** Sends those that are ready to a site, a few at a time. */
  send(ids: readonly string[], siteId: string): void;
  /** Sends one that other patients have the same picture of: the person says that this is right. */
  sendAllTheSame(id: string, siteId: string): void;
}

const SubmissionsContext = createContext<Submissions | null>(null);

// More would only share the same line; fewer would leave it idle while one is hashed or submitted.
const atOnce = 3;

/** Lives above the pages: uploads go on, and their rows are still there, after a look at the worklist. */
export function SubmissionsProvider({ children }: { children: ReactNode }) {
  const client = useApolloClient();
  const [all, move] = useReducer(advance, []);
  const latest = useRef(all);
  latest.current = all;
  const queue = useRef<{ submission: Submission; siteId: string }[]>([]);
  const running = useRef(0);
  const hashes = useHashes();
  const [kept, setKept] = useKeptAnswers(all);
  const isSending = all.some(({ phase }) => isBusy(phase));
  useGuardAgainstLeaving(isSending);

  const work = async () => {
    if (running.current >= atOnce) return;
    const next = queue.current.shift();
    if (!next) return;
    running.current += 1;
    const { submission, siteId } = next;
    const { id } = submission;
    const onPhase = (phase: Phase) => move({ type: 'progressed', id, phase });
    const send = async () => {
      onPhase({ at: 'hashing' });
      const sha256 = await hashes.of(submission);
      // All that were chosen are known by now, so that of two rows with the same picture neither is sent unasked.
      await hashes.settled();
      const others = latest.current
        .filter((one) => one.id !== id && hashes.known(one.id) === sha256)
        .map(({ reference }) => reference.trim())
        .filter((reference) => reference !== '');
      return await sendImage(submission, { client, siteId, sha256, others, onPhase });
    };
    onPhase(await untilWelcome(send, onPhase).catch(failed));
    running.current -= 1;
    await work();
  };

  const start = (submissions: readonly Submission[], siteId: string) => {
    move({ type: 'started', ids: submissions.map(({ id }) => id) });
    queue.current.push(...submissions.map((submission) => ({ submission, siteId })));
    for (let slot = 0; slot < atOnce; slot += 1) void work();
  };

  const submissions: Submissions = {
    all,
    kept,
    hasUnsent: all.some(({ phase }) => isBusy(phase) || isEditable(phase)),
    isSending,
    async add(files) {
      const added = await newSubmissions(files, kept);
      for (const one of added) if (one.phase.at === 'draft') void hashes.of(one).catch(() => undefined);
      setKept(kept.filter((answers) => !files.some((file) => isAbout(answers, file))));
      move({ type: 'added', submissions: added });
    },
    answer: (id, answers) => move({ type: 'answered', id, answers, freshKey: crypto.randomUUID() }),
    remove: (id) => move({ type: 'removed', id }),
    forgetKept: () => setKept([]),
    send: (ids, siteId) =>
      start(
        all.filter((one) => ids.includes(one.id) && isReady(one)),
        siteId,
      ),
    sendAllTheSame(id, siteId) {
      const one = all.find((candidate) => candidate.id === id);
      if (one?.phase.at !== 'asking') return;
      const others = [...one.sharedWith, ...one.phase.others];
      move({ type: 'confirmed', id, others });
      start([{ ...one, sharedWith: others, phase: { at: 'draft' } }], siteId);
    },
  };
  return <SubmissionsContext value={submissions}>{children}</SubmissionsContext>;
}

export function useSubmissions(): Submissions {
  const submissions = useContext(SubmissionsContext);
  if (!submissions) throw new Error('useSubmissions needs SubmissionsProvider above it');
  return submissions;
}

/** Checksums of files, computed one after the other: several large files at once would not fit into memory. */
function useHashes() {
  const [hashes] = useState(() => {
    const asked = new Map<string, Promise<string>>();
    const known = new Map<string, string>();
    let last: Promise<unknown> = Promise.resolve();
    return {
      known: (id: string) => known.get(id),
      settled: () => last,
      async of({ id, file }: Submission): Promise<string> {
        const before = asked.get(id);
        if (before) return await before;
        const hash = last.then(async () => {
          const sha256 = await sha256Of(file);
          known.set(id, sha256);
          return sha256;
        });
        asked.set(id, hash);
        last = hash.catch(() => asked.delete(id));
        return await hash;
      },
    };
  });
  return hashes;
}

/** Keeps in this tab what was typed about files that were not sent, for the page that is loaded after this one. */
function useKeptAnswers(all: readonly Submission[]) {
  const [kept, setKept] = useState<readonly KeptAnswers[] | null>(null);
  // After the first rendering, which has to be that of the server.
  useEffect(() => setKept(readKeptAnswers()), []);
  useEffect(() => {
    if (!kept) return;
    const unsent = all.filter(({ phase }) => isEditable(phase) || isBusy(phase)).map(answersOf);
    keepAnswers([...kept, ...unsent.filter(isAnswered)]);
  }, [kept, all]);
  return [kept ?? [], setKept] as const;
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
