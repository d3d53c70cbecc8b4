import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { sentenceFor } from '../api/failure';
import { retryStudy } from './study-documents';

export function RetryStudyButton({ studyId }: { studyId: string }) {
  const [retry, { loading }] = useMutation(retryStudy);
  const [problem, setProblem] = useState<string>();
  const run = async () => {
    setProblem(undefined);
    try {
      const { data } = await retry({ variables: { input: { studyId } } });
      const result = data?.retryStudy;
      if (result && result.__typename !== 'RetryStudyPayload') setProblem(result.message);
    } catch (error) {
      setProblem(sentenceFor(error));
    }
  };
  return (
    <div>
      <Button
        variant="default"
        leftSection={<IconRefresh size={17} aria-hidden />}
        loading={loading}
        onClick={() => void run()}
      >
        Retry
      </Button>
      {problem && <div role="alert">{problem}</div>}
    </div>
  );
}
