import { useState } from 'react';
import { type SteadyRows, steadyRows } from './steady-rows';

interface Held<T> {
  key: string;
  rows: readonly T[];
}

/**
 * Holds the rows still while the pointer or the focus is in the list.
 * @param key of what the list is asked for: another list is shown at once
 * @param handlers of the element around the rows
 */
export function useSteadyRows<T extends { id: string }>(key: string, latest: readonly T[]) {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const [held, setHeld] = useState<Held<T> | null>(null);
  const isHeld = pointed || focused;
  if (isHeld && held?.key !== key) setHeld({ key, rows: latest });
  if (!isHeld && held) setHeld(null);

  const steady: SteadyRows<T> =
    isHeld && held?.key === key ? steadyRows(held.rows, latest) : { rows: latest, waiting: 0 };
  return {
    ...steady,
    showLatest: () => {
      setHeld({ key, rows: latest });
      // The button that was pressed leaves the page without a blur.
      setFocused(false);
    },
    handlers: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: () => setFocused(false),
    },
  };
}
