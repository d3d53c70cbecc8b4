import { useMutation } from '@apollo/client/react';
import { Button, Kbd, NativeSelect, Textarea } from '@mantine/core';
import { getHotkeyHandler, useHotkeys } from '@mantine/hooks';
import { useState } from 'react';
import { sentenceFor } from '../api/failure';
import { leadingReading } from '../findings/leading-reading';
import type { ReviewFinding, ReviewOpinion, StudyDetailFragment } from '../gql/graphql';
import { signReview } from './review-documents';
import classes from './review-section.module.css';
import { findings, opinions, suggestedFinding } from './words';

export interface ReviewFormProps {
  study: StudyDetailFragment;
  onSigned(): Promise<void>;
}

const signKey = 'mod+Enter';
const maxCommentLength = 2_000;

/** Opinion of the model's answer, finding, comment; signed by a button or a key, and never changed afterwards. */
export function ReviewForm({ study, onSigned }: ReviewFormProps) {
  const decision = leadingReading(study)?.decision ?? null;
  const [sign, { loading }] = useMutation(signReview);
  const [opinion, setOpinion] = useState<ReviewOpinion>();
  const [finding, setFinding] = useState<ReviewFinding | ''>('');
  const [comment, setComment] = useState('');
  const [problem, setProblem] = useState<string>();

  const choose = (chosen: ReviewOpinion) => {
    setOpinion(chosen);
    setProblem(undefined);
    setFinding(suggestedFinding(chosen, decision) ?? '');
  };
  const fault = faultOf({ opinion, finding, comment });
  const run = async () => {
    if (loading) return;
    if (fault || !opinion || !finding) return setProblem(fault);
    const input = { studyId: study.id, opinion, finding, comment, reviewsSeen: study.reviews.length };
    try {
      const { data } = await sign({ variables: { input } });
      const result = data?.signReview;
      if (result?.__typename === 'SignReviewPayload') return await onSigned();
      setProblem(result?.message ?? 'The review could not be signed. Try again.');
    } catch (error) {
      setProblem(sentenceFor(error));
    }
  };
  useHotkeys([
    ...opinions.map(({ opinion: each, key }): [string, () => void] => [
      key.toLowerCase(),
      () => choose(each),
    ]),
    [signKey, () => void run()],
  ]);

  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
      onKeyDown={getHotkeyHandler([[signKey, () => void run()]])}
    >
      <fieldset className={classes.opinions}>
        <legend className={classes.legend}>
          {decision === null ? 'Your assessment of this study' : 'Do you agree with the AI?'}
        </legend>
        {opinions.map(({ opinion: each, words, key }) => (
          <Button
            key={each}
            variant={opinion === each ? 'filled' : 'default'}
            aria-pressed={opinion === each}
            aria-keyshortcuts={key}
            rightSection={
              <Kbd size="xs" aria-hidden>
                {key}
              </Kbd>
            }
            onClick={() => choose(each)}
          >
            {words}
          </Button>
        ))}
      </fieldset>
      <NativeSelect
        label="Finding"
        required
        className={classes.select}
        value={finding}
        onChange={(event) => setFinding(findingOf(event.currentTarget.value))}
        data={[
          { value: '', label: 'Choose a finding', disabled: true },
          ...Object.entries(findings).map(([value, label]) => ({ value, label })),
        ]}
      />
      <Textarea
        label="Comment"
        autosize
        minRows={2}
        className={classes.text}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <p role="alert" className={classes.problem}>
        {problem}
      </p>
      <Button
        type="submit"
        loading={loading}
        className={classes.sign}
        aria-keyshortcuts="Control+Enter"
        rightSection={
          <Kbd size="xs" aria-hidden>
            Ctrl Enter
          </Kbd>
        }
      >
        Sign
      </Button>
    </form>
  );
}

interface Answers {
  opinion: ReviewOpinion | undefined;
  finding: ReviewFinding | '';
  comment: string;
}

function faultOf({ opinion, finding, comment }: Answers): string | undefined {
  const { length } = comment.trim();
  if (!opinion) return 'Say first whether you agree, disagree or are uncertain.';
  if (!finding) return 'Choose a finding.';
  if (finding === 'OTHER' && length === 0) return 'Say in the comment what was found.';
  if (length > maxCommentLength) return `At most ${maxCommentLength} characters; these are ${length}.`;
  return undefined;
}

function findingOf(value: string): ReviewFinding | '' {
  return (Object.keys(findings) as ReviewFinding[]).find((finding) => finding === value) ?? '';
}
