import { ActionIcon, Checkbox, NumberInput, Switch, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { AgeRangeHint } from './age-range-hint';
import { Preview } from './preview';
import {
  type Answers,
  ageInMonths,
  faultsOf,
  isBusy,
  isEditable,
  maxReferenceLength,
  type Submission,
} from './submission';
import classes from './submission-row.module.css';
import { SubmissionStatus } from './submission-status';

export interface SubmissionRowProps {
  submission: Submission;
  faultsShown: boolean;
  onAnswer(answers: Answers): void;
  onRemove(): void;
  onRetry(): void;
}

export function SubmissionRow({ submission, faultsShown, onAnswer, onRemove, onRetry }: SubmissionRowProps) {
  const { file, phase } = submission;
  const isOnlyFile = isEditable(phase) || phase.at === 'unusable';
  return (
    <li className={classes.row} aria-label={file.name}>
      <Preview file={file} usable={submission.mediaType !== null} />
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
        {isEditable(phase) && <Questions {...{ submission, faultsShown, onAnswer }} />}
        <SubmissionStatus submission={submission} onRetry={onRetry} />
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
  const faults = faultsShown ? faultsOf(submission) : [];
  return (
    <>
      <div className={classes.questions}>
        <TextInput
          label="Patient reference"
          required
          className={classes.reference}
          maxLength={maxReferenceLength}
          autoComplete="off"
          value={reference}
          error={faults.includes('reference') && 'Give the patient’s reference'}
          onChange={(event) => onAnswer({ reference: event.currentTarget.value })}
        />
        <fieldset className={classes.age}>
          <legend className={classes.legend}>
            Age <span className={classes.legendHint}>years and months</span>
          </legend>
          <div className={classes.numbers}>
            <AgeNumber
              label="Years"
              max={150}
              value={age.years}
              {...{ disabled: age.unknown, fault: faults.includes('age') }}
              onChange={(years) => onAnswer({ age: { ...age, years } })}
            />
            <AgeNumber
              label="Months"
              max={11}
              value={age.months}
              {...{ disabled: age.unknown, fault: faults.includes('age') }}
              onChange={(months) => onAnswer({ age: { ...age, months } })}
            />
            <Checkbox
              label="Unknown"
              checked={age.unknown}
              onChange={(event) => onAnswer({ age: { ...age, unknown: event.currentTarget.checked } })}
            />
          </div>
          {faults.includes('age') && <p className={classes.fault}>Give the age, or tick “Unknown”</p>}
        </fieldset>
        <Switch
          className={classes.stat}
          label="STAT"
          description="Read before routine"
          checked={stat}
          onChange={(event) => onAnswer({ stat: event.currentTarget.checked })}
        />
      </div>
      <AgeRangeHint months={ageInMonths(age)} unknown={age.unknown} />
    </>
  );
}

interface AgeNumberProps {
  label: string;
  max: number;
  value: number | null;
  disabled: boolean;
  fault: boolean;
  onChange(value: number | null): void;
}

function AgeNumber({ label, max, value, disabled, fault, onChange }: AgeNumberProps) {
  return (
    <NumberInput
      aria-label={label}
      placeholder={label}
      className={classes.number}
      min={0}
      max={max}
      clampBehavior="strict"
      allowDecimal={false}
      allowNegative={false}
      hideControls
      disabled={disabled}
      error={fault}
      value={value ?? ''}
      onChange={(typed) => onChange(typeof typed === 'number' ? typed : null)}
    />
  );
}

function sizeInWords(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
