import { Checkbox, TextInput } from '@mantine/core';
import { useId } from 'react';
import { type AgeAnswer, readAge } from './age';
import classes from './age-fields.module.css';

export interface AgeFieldsProps {
  age: AgeAnswer;
  fault: string | undefined;
  onChange(age: AgeAnswer): void;
}

/** Keeps what is typed as it is typed, and says in words what it was taken for, or what is wrong with it. */
export function AgeFields({ age, fault, onChange }: AgeFieldsProps) {
  const id = useId();
  const read = readAge(age);
  const number = (label: 'Years' | 'Months', value: string, change: (typed: string) => AgeAnswer) => (
    <TextInput
      aria-label={label}
      aria-describedby={id}
      placeholder={label}
      className={classes.number}
      inputMode="decimal"
      autoComplete="off"
      disabled={age.unknown}
      error={fault !== undefined}
      value={value}
      onChange={(event) => onChange(change(event.currentTarget.value))}
    />
  );
  return (
    <fieldset className={classes.age}>
      <legend className={classes.legend}>
        Age <span className={classes.hint}>years and months</span>
      </legend>
      <div className={classes.numbers}>
        {number('Years', age.years, (years) => ({ ...age, years }))}
        {number('Months', age.months, (months) => ({ ...age, months }))}
        <Checkbox
          label="Unknown"
          checked={age.unknown}
          onChange={(event) => onChange({ ...age, unknown: event.currentTarget.checked })}
        />
      </div>
      <p id={id} className={classes.echo} data-fault={fault ? true : undefined} aria-live="polite">
        {fault ?? (read.kind === 'age' ? read.words : '')}
      </p>
    </fieldset>
  );
}
