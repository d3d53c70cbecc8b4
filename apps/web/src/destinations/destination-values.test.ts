import { describe, expect, it } from 'vitest';
import type { DestinationLineFragment } from '../gql/graphql';
import { addressInWords, addressOf, faultFrom, faultOf, valuesOf } from './destination-values';

const pacs: DestinationLineFragment = {
  id: 'd1',
  name: 'PACS',
  kind: 'DICOM',
  enabled: true,
  aeTitle: 'ARCHIVE',
  callingAeTitle: 'LUCENCY',
  host: 'pacs.example.org',
  port: 104,
  tls: true,
  url: null,
  authentication: 'NONE',
  secretName: null,
  userName: null,
  issuer: null,
  scope: null,
  audience: null,
  site: { id: 's', name: 'North' },
};
const record: DestinationLineFragment = {
  ...pacs,
  kind: 'FHIR',
  aeTitle: null,
  callingAeTitle: null,
  host: null,
  port: null,
  tls: false,
  url: 'https://ehr.example.org/fhir',
  authentication: 'BASIC',
  userName: 'lucency',
  secretName: 'ehr',
};

describe('what is sent of the form', () => {
  it('is what belongs to the kind and its way to sign in, whatever was typed before it was changed', () => {
    const typed = { ...valuesOf(record), host: 'old.example.org', issuer: 'https://id.example.org' };
    expect(addressOf(typed)).toEqual({
      url: 'https://ehr.example.org/fhir',
      authentication: 'BASIC',
      userName: 'lucency',
      secretName: 'ehr',
    });
    expect(addressOf({ ...typed, authentication: 'NONE' })).toEqual({
      url: 'https://ehr.example.org/fhir',
      authentication: 'NONE',
    });
    expect(addressOf({ ...typed, authentication: 'OAUTH' })).toMatchObject({
      issuer: 'https://id.example.org',
      scope: '',
      audience: '',
    });
    expect(addressOf(valuesOf(pacs))).toEqual({
      aeTitle: 'ARCHIVE',
      callingAeTitle: 'LUCENCY',
      host: 'pacs.example.org',
      port: 104,
      tls: true,
    });
  });

  it('has a name and, of DICOM, a port in digits', () => {
    expect(faultOf(valuesOf())?.field).toBe('name');
    for (const port of ['', '10.4', '104a', '-1', '1000000'])
      expect(faultOf({ ...valuesOf(pacs), port })?.field).toBe('port');
    expect(faultOf({ ...valuesOf(record), port: '' })).toBeNull();
    expect(faultOf(valuesOf(pacs))).toBeNull();
  });
});

it('says a refusal at the field that the API names, and any other of the whole', () => {
  expect(faultFrom({ message: 'No.', field: 'aeTitle' })).toEqual({ field: 'aeTitle', message: 'No.' });
  expect(faultFrom({ message: 'No.', field: 'siteId' }).field).toBeNull();
  expect(faultFrom({ message: 'No.' }).field).toBeNull();
});

it('says in one line where a destination is', () => {
  expect(addressInWords(pacs)).toBe('ARCHIVE at pacs.example.org:104, called as LUCENCY, TLS');
  expect(addressInWords(record)).toBe('https://ehr.example.org/fhir, user and password');
});
