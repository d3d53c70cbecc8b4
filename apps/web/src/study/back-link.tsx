'use client';

import { IconArrowLeft } from '@tabler/icons-react';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { returnToWorklist, worklistAddress } from '../worklist/kept-place';
import classes from './study-page.module.css';

/** To the worklist as it was left, with its filters and at its place. */
export function BackLink() {
  const [address, setAddress] = useState('/');
  useEffect(() => setAddress(worklistAddress()), []);
  return (
    <Link href={address} scroll={false} onClick={returnToWorklist} className={classes.back}>
      <IconArrowLeft size={16} aria-hidden /> Worklist
    </Link>
  );
}
