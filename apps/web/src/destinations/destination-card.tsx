import { useMutation } from '@apollo/client/react';
import { Button, Modal, Switch } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPencil, IconPlugConnected } from '@tabler/icons-react';
import Link from 'next/link';
import { useState } from 'react';
import { sentenceFor } from '../api/failure';
import { kinds } from '../delivery/words';
import type { DestinationLineFragment } from '../gql/graphql';
import classes from './destination-card.module.css';
import { updateDestination } from './destination-documents';
import { DestinationForm } from './destination-form';
import { addressInWords } from './destination-values';
import { useLastTest } from './last-test';
import { TestLine } from './test-line';

export interface DestinationCardProps {
  destination: DestinationLineFragment;
  canAdministrate: boolean;
}

/** One destination: where it is, whether it answers, and what an administrator can do about it. */
export function DestinationCard({ destination, canAdministrate }: DestinationCardProps) {
  const { id, name, kind, enabled, site } = destination;
  const { test, isRunning, problem, run } = useLastTest(id);
  const [outdated, setOutdated] = useState<string>();
  const [editing, { open, close }] = useDisclosure(false);
  const saved = () => {
    setOutdated(test?.id);
    close();
  };
  return (
    <li className={classes.card} data-off={!enabled || undefined}>
      <div className={classes.head}>
        <h3 className={classes.name}>
          {name} <span className={classes.kind}>{kinds[kind]}</span>
        </h3>
        {canAdministrate ? (
          <EnabledSwitch destination={destination} />
        ) : (
          <span className={classes.kind}>{enabled ? 'On' : 'Off'}</span>
        )}
      </div>
      <p className={classes.address}>{addressInWords(destination)}</p>
      <TestLine test={test} problem={problem} isOutdated={outdated !== undefined && outdated === test?.id} />
      <div className={classes.actions}>
        {canAdministrate && (
          <>
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconPlugConnected size={15} aria-hidden />}
              loading={isRunning}
              disabled={!enabled}
              aria-label={`Test ${name}`}
              onClick={() => void run()}
            >
              Test
            </Button>
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconPencil size={15} aria-hidden />}
              aria-label={`Edit ${name}`}
              onClick={open}
            >
              Edit
            </Button>
          </>
        )}
        <Link
          href={`/deliveries?destination=${encodeURIComponent(id)}`}
          className={classes.link}
          aria-label={`Deliveries to ${name}`}
        >
          Deliveries
        </Link>
      </div>
      <Modal
        opened={editing}
        onClose={close}
        title={`Edit ${name}`}
        size="lg"
        centered
        radius="lg"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <DestinationForm siteId={site.id} destination={destination} onSaved={saved} onCancel={close} />
      </Modal>
    </li>
  );
}

function EnabledSwitch({ destination: { id, name, enabled } }: { destination: DestinationLineFragment }) {
  const [update, { loading }] = useMutation(updateDestination);
  const [problem, setProblem] = useState<string>();
  const turn = async () => {
    setProblem(undefined);
    try {
      const { data } = await update({ variables: { input: { destinationId: id, enabled: !enabled } } });
      const result = data?.updateDestination;
      if (result?.__typename !== 'DestinationPayload')
        setProblem(result?.message ?? 'It could not be changed. Try again.');
    } catch (error) {
      setProblem(sentenceFor(error));
    }
  };
  return (
    <div className={classes.enabled}>
      <span className={classes.kind} aria-hidden>
        {enabled ? 'On' : 'Off'}
      </span>
      <Switch
        aria-label={`On: ${name}`}
        checked={enabled}
        aria-busy={loading}
        error={problem}
        onChange={() => void (loading || turn())}
      />
    </div>
  );
}
