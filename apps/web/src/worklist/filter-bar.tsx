import { useQuery } from '@apollo/client/react';
import { NativeSelect, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { viewerQuery } from '../api/study-parts';
import classes from './filter-bar.module.css';
import { orders, type StateChoice, stateChoices, type WorklistFilters, withState } from './filters';

export interface FilterBarProps {
  filters: WorklistFilters;
  onChange(filters: WorklistFilters): void;
}

const states = Object.entries(stateChoices).map(([value, label]) => ({ value, label }));
const orderChoices = Object.entries(orders).map(([value, label]) => ({ value, label }));

export function FilterBar({ filters, onChange }: FilterBarProps) {
  const { data } = useQuery(viewerQuery);
  const sites = data?.viewer.sites ?? [];
  const setState = (state: string) => onChange(withState(filters, state as StateChoice));
  return (
    <search className={classes.bar} aria-label="Filter studies">
      <SegmentedControl
        className={classes.statesWide}
        aria-label="State"
        data={states}
        value={filters.state}
        onChange={setState}
      />
      <NativeSelect
        className={classes.statesNarrow}
        aria-label="State"
        data={states}
        value={filters.state}
        onChange={(event) => setState(event.currentTarget.value)}
      />
      <ReferenceSearch
        value={filters.reference}
        onChange={(reference) => onChange({ ...filters, reference })}
      />
      {sites.length > 1 && (
        <NativeSelect
          aria-label="Site"
          data={[
            { value: '', label: 'All sites' },
            ...sites.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={filters.site ?? ''}
          onChange={(event) => onChange({ ...filters, site: event.currentTarget.value || null })}
        />
      )}
      <NativeSelect
        aria-label="Order"
        data={orderChoices}
        value={filters.order}
        onChange={(event) => {
          onChange({ ...filters, order: event.currentTarget.value as WorklistFilters['order'] });
        }}
      />
      <Switch
        label="STAT only"
        checked={filters.statOnly}
        onChange={(event) => onChange({ ...filters, statOnly: event.currentTarget.checked })}
      />
    </search>
  );
}

/** Types ahead of the address: the list is asked when the person pauses. */
function ReferenceSearch({ value, onChange }: { value: string; onChange(value: string): void }) {
  // What was typed and has not come back in the address yet; null when the address has the word.
  const [typed, setTyped] = useState<string | null>(null);
  const settle = useDebouncedCallback(onChange, 250);
  if (typed === value) setTyped(null);
  return (
    <TextInput
      type="search"
      className={classes.search}
      aria-label="Patient reference starts with"
      placeholder="Patient reference"
      leftSection={<IconSearch size={16} aria-hidden />}
      value={typed ?? value}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        settle(event.currentTarget.value);
      }}
    />
  );
}
