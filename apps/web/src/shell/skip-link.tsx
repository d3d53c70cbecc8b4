'use client';

import { useEffect, useRef } from 'react';

/**
 * Moves the focus without a step in the history: one that only the browser knows of would leave the address and
 * the page apart after going back.
 */
export function SkipLink() {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    const skip = (event: MouseEvent) => {
      event.preventDefault();
      document.getElementById('content')?.focus();
    };
    const anchor = link.current;
    anchor?.addEventListener('click', skip);
    return () => anchor?.removeEventListener('click', skip);
  }, []);
  return (
    <a ref={link} className="skip-link" href="#content">
      Skip to content
    </a>
  );
}
