import { NativeSelect, TextInput } from '@mantine/core';
import type { ChangeEvent, ReactNode } from 'react';
import type { DestinationAuthentication, DestinationKind } from '../gql/graphql';
import classes from './destination-form.module.css';
import { authenticationChoices, type DestinationField } from './destination-values';

type TextField = Exclude<DestinationField, 'kind' | 'authentication' | 'tls'>;

interface FieldProps {
  name: string;
  value: string;
  error: ReactNode;
  autoComplete: string;
  spellCheck: boolean;
  onChange(event: ChangeEvent<HTMLInputElement>): void;
}

/** What an input needs to hold one of the values. */
type FieldOf = (name: TextField) => FieldProps;

/** Where a destination of this kind is. */
export function AddressFields({ kind, field }: { kind: DestinationKind; field: FieldOf }) {
  if (kind === 'DICOM') {
    return (
      <>
        <TextInput
          {...field('host')}
          label="Host"
          required
          description="Name or IP address"
          placeholder="pacs.example.org"
        />
        <TextInput {...field('port')} label="Port" required description="Often 104" inputMode="numeric" />
        <TextInput {...field('aeTitle')} label="AE title" required description="Of the archive" />
        <TextInput
          {...field('callingAeTitle')}
          label="Calling AE title"
          required
          description="As whom the archive knows Lucency"
        />
      </>
    );
  }
  return (
    <TextInput
      {...field('url')}
      label="Base address"
      className={classes.wide}
      required
      inputMode="url"
      description={kind === 'FHIR' ? 'Of the FHIR service' : 'Of the DICOMweb service, without /studies'}
      placeholder={kind === 'FHIR' ? 'https://ehr.example.org/fhir' : 'https://pacs.example.org/dicom-web'}
    />
  );
}

export interface SignInFieldsProps {
  authentication: DestinationAuthentication;
  onChoose(authentication: DestinationAuthentication): void;
  field: FieldOf;
}

const authentications = Object.keys(authenticationChoices) as DestinationAuthentication[];

/** How one signs in there; the secret itself is a file of the sending service, and never typed. */
export function SignInFields({ authentication, onChoose, field }: SignInFieldsProps) {
  const isOAuth = authentication === 'OAUTH';
  return (
    <>
      <NativeSelect
        label="Sign-in"
        className={classes.wide}
        value={authentication}
        data={authentications.map((value) => ({ value, label: authenticationChoices[value] }))}
        onChange={(event) => {
          const chosen = authentications.find((each) => each === event.currentTarget.value);
          if (chosen) onChoose(chosen);
        }}
      />
      {authentication !== 'NONE' && (
        <>
          <TextInput
            {...field('userName')}
            label={isOAuth ? 'Client ID' : 'User'}
            description={isOAuth ? 'At the sign-in provider' : 'At the destination'}
            required
          />
          <TextInput
            {...field('secretName')}
            label="Name of the secret"
            required
            description="A file of the sending service"
          />
        </>
      )}
      {isOAuth && (
        <>
          <TextInput
            {...field('issuer')}
            label="Sign-in provider"
            className={classes.wide}
            required
            inputMode="url"
            placeholder="https://id.example.org"
          />
          <TextInput {...field('scope')} label="Scope" />
          <TextInput {...field('audience')} label="Audience" />
        </>
      )}
    </>
  );
}
