'use client';

import { BrokenPage } from '../../shell/broken-page';
import { useSubmissions } from '../../submit/submissions-provider';

/** Within what surrounds every page, so that uploads go on while a page is broken. */
export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return <BrokenPage error={error} reset={reset} isBusy={useSubmissions().isSending} />;
}
