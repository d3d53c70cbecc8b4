'use client';

import { Button } from '@mantine/core';
import { IconZoomQuestion } from '@tabler/icons-react';
import Link from 'next/link';
import { Notice } from '../page/notice';

/** The same words for what does not exist and for what this person may not know of. */
export function NothingHere({ what = 'page' }: { what?: 'page' | 'study' }) {
  return (
    <Notice
      heading={1}
      icon={<IconZoomQuestion size={30} stroke={1.6} />}
      title={`There is no such ${what}`}
      action={
        <Button component={Link} href="/" variant="default">
          To the worklist
        </Button>
      }
    >
      Nothing is at this address, or your account may not see it. Check the address, or ask whoever sent it to
      you.
    </Notice>
  );
}
