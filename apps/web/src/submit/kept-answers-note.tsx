import { Button } from '@mantine/core';
import { IconFileInvoice } from '@tabler/icons-react';
import type { KeptAnswers } from './kept-answers';
import classes from './submission-row.module.css';

/** After the page was loaded anew: names the files to choose again. */
export function KeptAnswersNote({ kept, onForget }: { kept: readonly KeptAnswers[]; onForget(): void }) {
  const names = new Intl.ListFormat('en', { type: 'conjunction' }).format(
    kept.map(({ fileName }) => fileName),
  );
  return (
    <div className={classes.kept} role="status">
      <IconFileInvoice size={18} aria-hidden />
      <span>
        The page was loaded anew. Choose {names} again: what you filled in is kept for{' '}
        {kept.length === 1 ? 'it' : 'them'}.
      </span>
      <Button size="compact-sm" variant="default" onClick={onForget}>
        Discard
      </Button>
    </div>
  );
}
