import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { sentenceFor } from '../api/failure';
import type { DeliveryLineFragment } from '../gql/graphql';
import { retryDelivery } from './delivery-documents';
import classes from './send-again-button.module.css';
import { contentInWords } from './words';

export interface SendAgainButtonProps {
  delivery: DeliveryLineFragment;
  /** The delivery waits again. */
  onSent?(): void;
}

/** Nothing for whoever may not, and nothing where a try is due anyway. */
export function SendAgainButton({ delivery, onSent }: SendAgainButtonProps) {
  const [retry, { loading }] = useMutation(retryDelivery);
  const [problem, setProblem] = useState<string>();
  const { id, viewerCanRetry, state, reason, tries, destination } = delivery;
  const waitsForLater = state === 'PENDING' && reason && tries > 0 && destination.enabled;
  if (!viewerCanRetry || !(state === 'FAILED' || waitsForLater)) return null;
  const run = async () => {
    setProblem(undefined);
    try {
      const { data } = await retry({ variables: { input: { deliveryId: id } } });
      const result = data?.retryDelivery;
      if (result?.__typename === 'DeliveryPayload') onSent?.();
      else setProblem(result?.message ?? 'It could not be sent again. Try once more.');
    } catch (error) {
      setProblem(sentenceFor(error));
    }
  };
  return (
    <div className={classes.again}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconRefresh size={15} aria-hidden />}
        loading={loading}
        aria-label={`Send again: ${contentInWords(delivery)} to ${destination.name}`}
        onClick={() => void run()}
      >
        Send again
      </Button>
      {problem && (
        <span role="alert" className={classes.problem}>
          {problem}
        </span>
      )}
    </div>
  );
}
