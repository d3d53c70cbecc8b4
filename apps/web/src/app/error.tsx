'use client';

import { IconMoodSad } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Notice, RetryButton } from '../shell/notice';

export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  useEffect(() => console.error(error), [error]);
  return (
    <main>
      <Notice
        heading={1}
        icon={<IconMoodSad size={30} stroke={1.6} />}
        title="This page broke"
        action={<RetryButton onClick={reset} />}
      >
        Your studies are safe. Try again; if it happens once more, tell your support what you did last.
      </Notice>
    </main>
  );
}
