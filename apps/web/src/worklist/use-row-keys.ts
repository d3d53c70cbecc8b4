import { type RefObject, useState } from 'react';
import { sentenceFor } from '../api/failure';
import { useNextStudy } from '../review/use-next-study';
import { useKeys } from '../shell/use-keys';

/**
 * J and K move the focus from row to row, Enter opens as everywhere, N opens what is to be read next, / searches.
 * @returns what is to be said of the last key; undefined where there is nothing to say
 */
export function useRowKeys(list: RefObject<HTMLElement | null>): string | undefined {
  const [note, setNote] = useState<string>();
  const openNext = useNextStudy(null);
  const move = (by: 1 | -1) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>('tbody a') ?? [])];
    const { activeElement } = document;
    const at = activeElement instanceof HTMLElement ? links.indexOf(activeElement) : -1;
    const next = at < 0 ? links[0] : links[at + by];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: 'nearest' });
  };
  const next = async () => {
    try {
      setNote((await openNext()) ? undefined : 'Nothing waits for a review by you.');
    } catch (error) {
      setNote(sentenceFor(error));
    }
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    n: () => void next(),
    '/': () => document.querySelector<HTMLElement>('search input[type=search]')?.focus(),
  });
  return note;
}
