import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useGateway } from '../api/provider';
import { type AuditFilters, exportPath } from './filters';

/** Saves what the filters show as lines of JSON; that somebody did is an entry of the trail, too. */
export function ExportButton({ filters }: { filters: AuditFilters }) {
  const ask = useGateway();
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const save = async () => {
    setState('busy');
    try {
      const answer = await ask(exportPath(filters));
      if (!answer.ok) throw new TypeError(`The export was answered with ${answer.status}.`);
      download(await answer.blob(), 'audit.jsonl');
      setState('idle');
    } catch {
      setState('failed');
    }
  };
  return (
    <div>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        loading={state === 'busy'}
        onClick={() => void save()}
      >
        Export
      </Button>
      {state === 'failed' && <p role="alert">The export did not arrive whole. Try again.</p>}
    </div>
  );
}

function download(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to save it by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
