import { describe, expect, it } from 'vitest';
import { describeValues, valuesTable } from './values-table.js';

const values = `# About the whole file.

addresses: # where people come
  api: "" # https://api.example.org

nats:
  enabled: true
  # two lines
  # above
  outside: { port: 4222 } # beside
  tls:
    secret: "a#b"
`;

describe('describeValues', () => {
  it('finds each value with its path and the comment beside or above it', () => {
    expect(describeValues(values)).toEqual([
      { path: 'addresses', value: '', says: 'where people come' },
      { path: 'addresses.api', value: '""', says: 'https://api.example.org' },
      { path: 'nats.enabled', value: 'true', says: '' },
      { path: 'nats.outside', value: '{ port: 4222 }', says: 'beside' },
      { path: 'nats.tls.secret', value: '"a#b"', says: '' },
    ]);
  });
});

it('makes a table whose cells no bar cuts and no bracket hides', () => {
  expect(valuesTable('kind: a # a|<b>')).toContain('| `kind` | `a` | a\\|&lt;b> |');
});
