import { useQuery } from '@apollo/client/react';
import { NativeSelect, SegmentedControl } from '@mantine/core';
import { knownDestinations } from '../delivery/delivery-documents';
import classes from './filter-bar.module.css';
import {
  type ContentChoice,
  contentChoices,
  type DeliveryFilters,
  type StateChoice,
  stateChoices,
} from './filters';

export interface FilterBarProps {
  filters: DeliveryFilters;
  onChange(filters: DeliveryFilters): void;
}

const states = Object.entries(stateChoices).map(([value, label]) => ({ value, label }));
const contents = Object.entries(contentChoices).map(([value, label]) => ({ value, label }));

export function FilterBar({ filters, onChange }: FilterBarProps) {
  const { data } = useQuery(knownDestinations);
  const destinations = data?.destinations ?? [];
  const severalSites = new Set(destinations.map(({ site }) => site.id)).size > 1;
  const setState = (state: string) => onChange({ ...filters, state: state as StateChoice });
  return (
    <search className={classes.bar} aria-label="Filter deliveries">
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
      <NativeSelect
        aria-label="Content"
        data={contents}
        value={filters.content}
        onChange={(event) => {
          onChange({ ...filters, content: event.currentTarget.value as ContentChoice });
        }}
      />
      <NativeSelect
        aria-label="Destination"
        className={classes.destination}
        data={[
          { value: '', label: 'All destinations' },
          ...destinations.map(({ id, name, site }) => ({
            value: id,
            label: severalSites ? `${name}, ${site.name}` : name,
          })),
        ]}
        value={filters.destination ?? ''}
        onChange={(event) => onChange({ ...filters, destination: event.currentTarget.value || null })}
      />
    </search>
  );
}
