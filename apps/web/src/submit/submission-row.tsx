import { ActionIcon, Switch, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { viewInWords } from '../findings/view';
import { readAge } from './age';
import { AgeFields } from './age-fields';
import { AgeRangeHint } from './age-range-hint';
import type { DicomFacts } from './dicom-facts';
import { Preview } from './preview';
import { type Answers, faultsOf, isBusy, isEditable, type Submission } from './submission';
import classes from './submission-row.module.css';
import { SubmissionStatus } from './submission-status';

export interface SubmissionRowProps {
  submission: Submission;
  faultsShown: boolean;
  onAnswer(answers: Answers): void;
  onRemove(): void;
  onRetry(): void;
  /** The person says that other patients rightly have the same picture. */
  onSendAllTheSame(): void;
}

export function SubmissionRow(props: SubmissionRowProps) {
  const { submission, faultsShown, onAnswer, onRemove, onRetry, onSendAllTheSame } = props;
  const { file, phase, mediaType, dicom } = submission;
  const isOnlyFile = isEditable(phase) || phase.at === 'unusable';
  return (
    <li className={classes.row} aria-label={file.name}>
      <Preview file={file} usable={mediaType === 'image/jpeg' || mediaType === 'image/png'} />
      <div className={classes.body}>
        <div className={classes.head}>
          <span className={classes.name} title={file.name}>
            {isOnlyFile ? file.name : submission.reference}
          </span>
          {isOnlyFile ? (
            <span className={classes.size}>{sizeInWords(file.size)}</span>
          ) : (
            <span className={classes.fileName}>{file.name}</span>
          )}
        </div>
        {dicom && <p className={classes.fromFile}>{factsInWords(dicom)}</p>}
        {isEditable(phase) && <Questions {...{ submission, faultsShown, onAnswer }} />}
        <SubmissionStatus {...{ submission, onRetry, onRemove, onSendAllTheSame }} />
      </div>
      {!isBusy(phase) && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Remove ${file.name} from this page`}
          onClick={onRemove}
        >
          <IconX size={18} aria-hidden />
        </ActionIcon>
      )}
    </li>
  );
}

function Questions({
  submission,
  faultsShown,
  onAnswer,
}: Pick<SubmissionRowProps, 'submission' | 'faultsShown' | 'onAnswer'>) {
  const { reference, age, stat } = submission;
  const faults = faultsOf(submission).filter(({ isMissing }) => faultsShown || !isMissing);
  const faultAbout = (about: 'reference' | 'age') => faults.find((fault) => fault.about === about)?.sentence;
  return (
    <>
      <div className={classes.questions}>
        <TextInput
          label="Patient reference"
          required
          className={classes.reference}
          autoComplete="off"
          value={reference}
          error={faultAbout('reference')}
          onChange={(event) => onAnswer({ reference: event.currentTarget.value })}
        />
        <AgeFields age={age} fault={faultAbout('age')} onChange={(changed) => onAnswer({ age: changed })} />
        <Switch
          className={classes.stat}
          label="STAT"
          description="Read before routine"
          checked={stat}
          onChange={(event) => onAnswer({ stat: event.currentTarget.checked })}
        />
      </div>
      <AgeRangeHint age={readAge(age)} />
    </>
  );
}

/** What is sent with the image and not asked for. */
function factsInWords({ view, accessionNumber, acquired }: DicomFacts): string {
  const facts = [
    viewInWords[view],
    accessionNumber && `accession ${accessionNumber}`,
    acquired && `taken ${acquired}`,
  ];
  return `From the DICOM header: ${facts.filter(Boolean).join(', ')}`;
}

function sizeInWords(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
