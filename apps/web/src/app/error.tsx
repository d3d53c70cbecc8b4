'use client';

import { BrokenPage } from '../shell/broken-page';

export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <main>
      <BrokenPage error={error} reset={reset} />
    </main>
  );
}
