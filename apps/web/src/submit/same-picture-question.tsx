import { IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './submission-status.module.css';

export interface SamePictureQuestionProps {
  reference: string;
  /** References of the other patients who have the very same picture. */
  others: readonly string[];
  /** The answers. */
  children: ReactNode;
}

/** Asked before anything is sent: one picture of two patients is mostly one of the wrong patient. */
export function SamePictureQuestion({ reference, others, children }: SamePictureQuestionProps) {
  return (
    <div className={classes.question} role="alert">
      <IconUsers size={18} aria-hidden />
      <span className={classes.message}>
        <strong>This picture is also that of {listOf(others)}.</strong> Submit it for {reference} too?
      </span>
      <span className={classes.answers}>{children}</span>
    </div>
  );
}

function listOf(references: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(references);
}
