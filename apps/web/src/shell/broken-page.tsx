'use client';

import { Button } from '@mantine/core';
import { IconMoodSad, IconRefresh } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Notice, RetryButton } from '../page/notice';
import { isPartMissing, mayLoadAnew } from './new-version';

export interface BrokenPageProps {
  error: Error;
  reset(): void;
  /** Something is under way that loading the page anew would end. */
  isBusy?: boolean;
}

/**
 * In place of a page that broke. Where a part of it could not be loaded, as after a new version was rolled out, the
 * page loads itself anew, once, and as soon as nothing is under way.
 */
export function BrokenPage({ error, reset, isBusy = false }: BrokenPageProps) {
  const isMissing = isPartMissing(error);
  const [isLoading, setLoading] = useState(isMissing);
  useEffect(() => console.error(error), [error]);
  useEffect(() => {
    if (!isMissing || isBusy) return;
    if (mayLoadAnew()) window.location.reload();
    else setLoading(false);
  }, [isMissing, isBusy]);

  if (isMissing) {
    return (
      <Notice
        heading={1}
        icon={<IconRefresh size={30} stroke={1.6} />}
        title={isLoading ? 'Loading the new version' : 'This page could not be loaded'}
        action={<Button onClick={() => window.location.reload()}>Load the page anew</Button>}
      >
        {isBusy
          ? 'Lucency was updated. The page loads itself anew once your uploads are through.'
          : 'A part of this page is missing, as it is right after an update. Your studies are safe.'}
      </Notice>
    );
  }
  return (
    <Notice
      heading={1}
      icon={<IconMoodSad size={30} stroke={1.6} />}
      title="This page broke"
      action={<RetryButton onClick={reset} />}
    >
      Your studies are safe. Try again; if it happens once more, tell your support what you did last.
    </Notice>
  );
}
