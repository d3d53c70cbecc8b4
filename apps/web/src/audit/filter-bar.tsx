import { useQuery } from '@apollo/client/react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { viewerQuery } from '../api/study-parts';
import classes from './audit-page.module.css';
import { type AuditFilters, everything, type KindChoice, kindChoices } from './filters';

export interface FilterBarProps {
  filters: AuditFilters;
  onChange(filters: AuditFilters): void;
}

const kinds = Object.entries(kindChoices).map(([value, label]) => ({ value, label }));

export function FilterBar({ filters, onChange }: FilterBarProps) {
  const { data } = useQuery(viewerQuery);
  const sites = data?.viewer.sites ?? [];
  return (
    <search className={classes.bar} aria-label="Filter the audit trail">
      <NativeSelect
        label="What"
        data={kinds}
        value={filters.kind}
        onChange={(event) => onChange({ ...filters, kind: event.currentTarget.value as KindChoice })}
      />
      {sites.length > 1 && (
        <NativeSelect
          label="Site"
          data={[
            { value: '', label: 'All sites' },
            ...sites.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={filters.site ?? ''}
          onChange={(event) => onChange({ ...filters, site: event.currentTarget.value || null })}
        />
      )}
      <TextInput
        type="date"
        label="From"
        value={filters.from ?? ''}
        onChange={(event) => onChange({ ...filters, from: event.currentTarget.value || null })}
      />
      <TextInput
        type="date"
        label="To"
        value={filters.to ?? ''}
        onChange={(event) => onChange({ ...filters, to: event.currentTarget.value || null })}
      />
      {filters.person && (
        <Button variant="default" onClick={() => onChange({ ...filters, person: null })}>
          Of everybody
        </Button>
      )}
      {filters.object && (
        <Button variant="default" onClick={() => onChange({ ...filters, object: null })}>
          About every study
        </Button>
      )}
      <Button variant="subtle" onClick={() => onChange(everything)}>
        Clear filters
      </Button>
    </search>
  );
}
