'use client';

import { useApolloClient } from '@apollo/client/react';
import { createContext, type ReactNode, useContext, useEffect, useReducer, useRef, useState } from 'react';
import { retryAfterBusy, sentenceFor } from '../api/failure';
import { sha256Of } from './file-hash';
import { answersOf, type KeptAnswers, keepAnswers, readKeptAnswers } from './kept-answers';
import { newSubmissions } from './new-submission';
import { ComeBackLater, SendingRefused } from './put-file';
import { sendImage } from './send-image';
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
  const queue = useRef<{ submission: Submission; siteId: string }[]>([]);
  const running = useRef(0);
  const hashes = useHashes();
  const latest = useRef(all);
  latest.current = all;
  const [kept, setKept] = useKeptAnswers(all, hashes.known());
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
      // All that were chosen are known by then, so that of two rows with the same picture neither is sent unasked.
      await hashes.settled();
      const others = othersWith(sha256, latest.current, hashes.known(), id);
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
      move({ type: 'added', submissions: added.map(({ submission }) => submission) });
      for (const { submission } of added) {
        if (submission.phase.at === 'draft') void hashes.of(submission).catch(() => undefined);
      }
      const taken = added.map(({ answers }) => answers);
      setKept(kept.filter((answers) => !taken.includes(answers)));
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

/** The other patients on this page whose picture has the same checksum. */
function othersWith(
  sha256: string,
  all: readonly Submission[],
  known: ReadonlyMap<string, string>,
  id: string,
): string[] {
  return all
    .filter((one) => one.id !== id && known.get(one.id) === sha256)
    .map(({ reference }) => reference.trim())
    .filter((reference) => reference !== '');
}

interface Hashes {
  /** By the submission's id. */
  known(): ReadonlyMap<string, string>;
  of(submission: Pick<Submission, 'id' | 'file'>): Promise<string>;
  /** Once all that were asked for are known. */
  settled(): Promise<unknown>;
}

/** Checksums of files, computed one after the other: several large files at once would not fit into memory. */
function useHashes(): Hashes {
  // Read between renderings, too: a row that starts must know what was hashed right before.
  const known = useRef<ReadonlyMap<string, string>>(new Map());
  const [, rerender] = useReducer((count: number) => count + 1, 0);
  const asked = useRef(new Map<string, Promise<string>>());
  const last = useRef<Promise<unknown>>(Promise.resolve());
  return {
    known: () => known.current,
    settled: () => last.current,
    async of({ id, file }) {
      const before = asked.current.get(id);
      if (before) return await before;
      const hash = last.current.then(() => sha256Of(file));
      asked.current.set(id, hash);
      last.current = hash.then(
        (sha256) => {
          known.current = new Map(known.current).set(id, sha256);
          rerender();
        },
        () => asked.current.delete(id),
      );
      return await hash;
    },
  };
}

/** Keeps in this tab what was typed about files that were not sent, for the page that is loaded after this one. */
function useKeptAnswers(all: readonly Submission[], known: ReadonlyMap<string, string>) {
  const [kept, setKept] = useState<readonly KeptAnswers[] | null>(null);
  // After the first rendering, which has to be that of the server.
  useEffect(() => setKept(readKeptAnswers()), []);
  useEffect(() => {
    if (!kept) return;
    const unsent = all.filter(({ phase }) => isEditable(phase) || isBusy(phase));
    keepAnswers([...kept, ...unsent.flatMap((one) => answersOf(one, known.get(one.id)))]);
  }, [kept, all, known]);
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
