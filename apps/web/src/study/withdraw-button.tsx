import { useMutation } from '@apollo/client/react';
import { Button, Modal, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { sentenceFor } from '../api/failure';
import type { StudyDetailFragment } from '../gql/graphql';
import { withdrawStudy } from './study-documents';

const maxReasonLength = 500;

export function WithdrawButton({ study }: { study: StudyDetailFragment }) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={open}>
        Withdraw
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title="Withdraw this study"
        centered
        radius="lg"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <WithdrawForm study={study} onDone={close} />
      </Modal>
    </>
  );
}

function WithdrawForm({ study, onDone }: { study: StudyDetailFragment; onDone(): void }) {
  const [withdraw, { loading }] = useMutation(withdrawStudy);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string>();
  const { length } = reason.trim();
  // What was typed stays: cutting it off, a field would drop the end of what someone pastes.
  const tooLong =
    length > maxReasonLength ? `At most ${maxReasonLength} characters; these are ${length}.` : undefined;

  const run = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(undefined);
    if (tooLong) return;
    if (!reason.trim()) return setProblem('Say why, for whoever looks for this study later.');
    try {
      const { data } = await withdraw({ variables: { input: { studyId: study.id, reason: reason.trim() } } });
      const result = data?.withdrawStudy;
      if (result?.__typename === 'WithdrawStudyPayload') return onDone();
      setProblem(result?.message ?? 'The study could not be withdrawn. Try again.');
    } catch (error) {
      setProblem(sentenceFor(error));
    }
  };

  return (
    <form onSubmit={(event) => void run(event)} noValidate>
      <Text size="sm" c="dimmed" mb="md">
        Use this for a wrong patient or a wrong image. Its images and its result are no longer shown to
        anyone; this cannot be undone.
      </Text>
      <Textarea
        label="Reason"
        required
        autosize
        minRows={3}
        data-autofocus
        value={reason}
        error={tooLong ?? problem}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div style={{ display: 'flex', justifyContent: 'flex-end', gap: 10, marginTop: 18 }}>
        <Button variant="default" onClick={onDone}>
          Keep the study
        </Button>
        <Button type="submit" color="ember" loading={loading}>
          Withdraw
        </Button>
      </div>
    </form>
  );
}
