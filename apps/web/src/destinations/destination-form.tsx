import { useMutation } from '@apollo/client/react';
import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { sentenceFor } from '../api/failure';
import type { DestinationLineFragment } from '../gql/graphql';
import { AddressFields, SignInFields } from './address-fields';
import { createDestination, destinationsQuery, updateDestination } from './destination-documents';
import classes from './destination-form.module.css';
import {
  addressOf,
  type DestinationField,
  type DestinationValues,
  type Fault,
  faultFrom,
  faultOf,
  kindChoices,
  valuesOf,
} from './destination-values';

export interface DestinationFormProps {
  siteId: string;
  /** The one to change; left out, a new one is added. */
  destination?: DestinationLineFragment;
  onSaved(): void;
  onCancel(): void;
}

const kinds = Object.entries(kindChoices).map(([value, label]) => ({ value, label }));

/** One form to add and to change; a fault stands at its field. */
export function DestinationForm({ siteId, destination, onSaved, onCancel }: DestinationFormProps) {
  const [values, setValues] = useState(() => valuesOf(destination));
  const [fault, setFault] = useState<Fault | null>(null);
  const [saving, setSaving] = useState(false);
  const save = useSave(siteId, destination?.id);
  const form = useRef<HTMLFormElement>(null);

  const change = (changed: Partial<DestinationValues>) => {
    setValues({ ...values, ...changed });
    if (fault?.field && fault.field in changed) setFault(null);
  };
  const showFault = (found: Fault) => {
    setFault(found);
    if (!found.field) return;
    const input = form.current?.elements.namedItem(found.field);
    if (input instanceof HTMLElement) input.focus();
  };
  const run = async (event: FormEvent) => {
    event.preventDefault();
    if (saving) return;
    const obvious = faultOf(values);
    if (obvious) return showFault(obvious);
    setFault(null);
    setSaving(true);
    const refused = await save(values);
    setSaving(false);
    if (refused) showFault(refused);
    else onSaved();
  };
  const field = (name: Exclude<DestinationField, 'kind' | 'authentication' | 'tls'>) => ({
    name,
    value: values[name],
    error: fault?.field === name ? fault.message : undefined,
    autoComplete: 'off',
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  });

  return (
    <form ref={form} className={classes.form} onSubmit={(event) => void run(event)} noValidate>
      <TextInput
        {...field('name')}
        label="Name"
        required
        data-autofocus
        description="As people call it, as in PACS"
      />
      <NativeSelect
        label="Kind"
        required
        disabled={destination !== undefined}
        data={kinds}
        value={values.kind}
        description={destination ? 'Cannot be changed; add another instead' : 'How it takes results'}
        onChange={(event) => {
          const kind = kinds.find(({ value }) => value === event.currentTarget.value)?.value;
          change({ kind: kind as DestinationValues['kind'] });
        }}
      />
      <AddressFields kind={values.kind} field={field} />
      {values.kind === 'DICOM' ? (
        <Checkbox
          className={classes.wide}
          label="TLS"
          description="The port takes encrypted connections alone"
          checked={values.tls}
          onChange={(event) => change({ tls: event.currentTarget.checked })}
        />
      ) : (
        <SignInFields
          authentication={values.authentication}
          onChoose={(authentication) => change({ authentication })}
          field={field}
        />
      )}
      <p role="alert" className={classes.problem}>
        {fault && fault.field === null && fault.message}
      </p>
      <div className={classes.buttons}>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={saving}>
          {destination ? 'Save' : 'Add destination'}
        </Button>
      </div>
    </form>
  );
}

/** Saves what was typed. @returns what is wrong with it */
function useSave(siteId: string, destinationId: string | undefined) {
  const [create] = useMutation(createDestination, {
    refetchQueries: [destinationsQuery],
    awaitRefetchQueries: true,
  });
  const [update] = useMutation(updateDestination);
  return async (values: DestinationValues): Promise<Fault | null> => {
    const { name, kind } = values;
    const address = addressOf(values);
    try {
      const result = destinationId
        ? (await update({ variables: { input: { destinationId, name, ...address } } })).data
            ?.updateDestination
        : (await create({ variables: { input: { siteId, name, kind, ...address } } })).data
            ?.createDestination;
      if (result?.__typename === 'DestinationPayload') return null;
      return faultFrom(result ?? { message: 'The destination could not be saved. Try again.' });
    } catch (error) {
      return { field: null, message: sentenceFor(error) };
    }
  };
}
