'use client';

import { useQuery } from '@apollo/client/react';
import { Button, NativeSelect, Skeleton } from '@mantine/core';
import { IconCloudOff, IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { sentenceFor } from '../api/failure';
import { viewerQuery } from '../api/study-parts';
import type { ViewerQuery } from '../gql/graphql';
import { Notice, RetryButton } from '../page/notice';
import { PageTitle } from '../page/page-title';
import { DropArea } from './drop-area';
import { KeptAnswersNote } from './kept-answers-note';
import { faultsOf, isEditable, isReady, type Submission } from './submission';
import { SubmissionRow } from './submission-row';
import { useSubmissions } from './submissions-provider';
import classes from './submit-page.module.css';
import { useSubmittedStudies } from './use-submitted-studies';

export function SubmitPage() {
  const { data, error, refetch, loading } = useQuery(viewerQuery);
  const sites = data?.viewer.sites.filter(({ viewerCanSubmit }) => viewerCanSubmit);
  return (
    <>
      <PageTitle
        title="Submit X-rays"
        text="Chest X-rays as DICOM, JPEG or PNG. DICOM images of one examination become one study, and their headers fill in what is asked here; of the others each is a study of its own. Use the reference that your hospital knows the patient by, not the name."
      />
      {sites && sites.length > 0 && <SubmissionForm sites={sites} />}
      {sites?.length === 0 && (
        <Notice icon={<IconLock size={28} stroke={1.6} />} title="You may not submit studies">
          Your account can read studies but not submit them. Ask the administrator of your site for that
          right.
        </Notice>
      )}
      {!sites && error && (
        <Notice
          icon={<IconCloudOff size={28} stroke={1.6} />}
          title="This page cannot be shown"
          action={<RetryButton loading={loading} onClick={() => void refetch().catch(() => undefined)} />}
        >
          {sentenceFor(error)}
        </Notice>
      )}
      {!sites && !error && <Skeleton height={220} radius="lg" />}
    </>
  );
}

type Site = ViewerQuery['viewer']['sites'][number];

function SubmissionForm({ sites }: { sites: readonly Site[] }) {
  const submissions = useSubmissions();
  const [chosen, setChosen] = useState<string>();
  const [faultsShown, showFaults] = useState(false);
  const site = sites.find(({ id }) => id === chosen) ?? sites[0];
  const drafts = submissions.all.filter(({ phase }) => isEditable(phase));
  const incomplete = drafts.filter((one) => faultsOf(one).length > 0);
  // Those with a question are sent by its answer.
  const sendable = drafts.filter(({ phase }) => phase.at !== 'asking').length;
  useSubmittedStudies(submissions.all);

  const send = (ids: string[]) => site && submissions.send(ids, site.id);
  const sendAll = () => {
    showFaults(incomplete.length > 0);
    send(drafts.filter(isReady).map(({ id }) => id));
  };

  return (
    <div className={classes.form}>
      {sites.length > 1 && (
        <NativeSelect
          label="Site"
          description="Where the patient was examined"
          className={classes.site}
          data={sites.map(({ id, name }) => ({ value: id, label: name }))}
          value={site?.id}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
      )}
      {submissions.kept.length > 0 && (
        <KeptAnswersNote kept={submissions.kept} onForget={submissions.forgetKept} />
      )}
      <DropArea compact={submissions.all.length > 0} onFiles={(files) => void submissions.add(files)} />
      {submissions.all.length > 0 && (
        <ul className={classes.rows} aria-label="Images">
          {submissions.all.map((one) => (
            <SubmissionRow
              key={one.id}
              submission={one}
              faultsShown={faultsShown}
              onAnswer={(answers) => submissions.answer(one.id, answers)}
              onRemove={() => submissions.remove(one.id)}
              onRetry={() => send([one.id])}
              onSendAllTheSame={() => site && submissions.sendAllTheSame(one.id, site.id)}
            />
          ))}
        </ul>
      )}
      {drafts.length > 0 && (
        <div className={classes.bar}>
          <span className={classes.hint} role="status">
            {stateOfDrafts(drafts)}
          </span>
          {sendable > 0 && (
            <Button size="md" onClick={sendAll}>
              {sendable === 1 ? 'Submit X-ray' : `Submit ${sendable} X-rays`}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function stateOfDrafts(drafts: readonly Submission[]): string {
  const incomplete = drafts.filter((one) => faultsOf(one).length > 0).length;
  if (incomplete > 0) {
    return `${incomplete} of ${drafts.length} still ${incomplete === 1 ? 'needs' : 'need'} a reference or an age.`;
  }
  const asking = drafts.filter(({ phase }) => phase.at === 'asking').length;
  if (asking > 0) return `${asking} of ${drafts.length} ${asking === 1 ? 'waits' : 'wait'} for your answer.`;
  return 'Everything is filled in.';
}
