import { useSearchParams } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { readFilters } from './filters';

const lastAddress = 'lucency-worklist';
const scrollAt = (address: string) => `lucency-scroll ${address}`;

/** Where Back, Forward or a link of ours led last: the place there is to be found again. */
let returnedTo: string | null = null;
/** Of the document: the first list shown after a reload is the one that was shown before. */
let isFirst = true;

if (typeof window !== 'undefined') {
  window.addEventListener('popstate', () => {
    returnedTo = window.location.pathname + window.location.search;
  });
}

/** The address of the worklist as it was left. */
export function worklistAddress(): string {
  return sessionStorage.getItem(lastAddress) ?? '/';
}

/** Whether the list that was shown last is that of what waits for a review. */
export function isToReview(): boolean {
  return readFilters(new URL(worklistAddress(), window.location.origin).searchParams).state === 'unreviewed';
}

/** To be called when a link to `worklistAddress` is followed: it goes back rather than anew. */
export function returnToWorklist(): void {
  returnedTo = worklistAddress();
}

/**
 * Keeps the place in the list for this tab: going back, or loading the page anew, finds it again once the rows are
 * there. Coming by a link begins at the top.
 */
export function useKeptPlace(isReady: boolean): void {
  const query = useSearchParams().toString();
  const address = query ? `/?${query}` : '/';
  const wanted = useRef<number | null>(null);
  const restored = useRef(false);

  useEffect(() => {
    const isReturn = returnedTo === address || (isFirst && isReload());
    if (isReturn) wanted.current ??= Number(sessionStorage.getItem(scrollAt(address))) || null;
    returnedTo = null;
    isFirst = false;
    sessionStorage.setItem(lastAddress, address);
  }, [address]);

  useEffect(() => {
    if (!isReady) return;
    if (!restored.current && wanted.current !== null) window.scrollTo(0, wanted.current);
    restored.current = true;
    // From here on only, or the empty page's place would take the kept one's.
    const keep = () => sessionStorage.setItem(scrollAt(address), String(Math.round(window.scrollY)));
    window.addEventListener('scroll', keep, { passive: true });
    return () => window.removeEventListener('scroll', keep);
  }, [isReady, address]);
}

function isReload(): boolean {
  const [navigation] = performance.getEntriesByType('navigation');
  return navigation instanceof PerformanceNavigationTiming && navigation.type !== 'navigate';
}
