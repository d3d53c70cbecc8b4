import type { Instruments, LabelsOf } from '@lucency/service-kit';
import type { AssociationWatch } from './association/association-watch.js';
import type { DicomPort } from './association/dicom-port.js';
import type { Outcome } from './intake/intake.js';
import type { Spool } from './reception/spool.js';

type Reason = LabelsOf<'lucency_dicom_instances_total'>['reason'];

export function associationMetrics(instruments: Instruments): AssociationWatch {
  return {
    ended: (outcome) => instruments.count('lucency_dicom_connections_total', { outcome }),
    answered: ({ status, outcome, bytes, seconds }) => {
      instruments.count('lucency_dicom_instances_total', { status, reason: reasonOf(outcome) });
      instruments.count('lucency_dicom_received_bytes_total', {}, bytes);
      instruments.observe('lucency_dicom_store_seconds', seconds, { outcome: outcome.outcome });
    },
  };
}

function reasonOf(outcome: Outcome): Reason {
  if (outcome.outcome !== 'stored') return outcome.reason;
  return outcome.repeated ? 'REPEATED' : 'none';
}

export function watchPort(
  instruments: Instruments,
  {
    port,
    maxAssociations,
    spool,
    spoolBytes,
  }: {
    port: DicomPort;
    maxAssociations: number;
    spool: Spool;
    spoolBytes: number;
  },
): void {
  const one = (value: number) => [{ value, labels: {} }];
  instruments.watch('lucency_dicom_associations_open', () => one(port.associations()));
  instruments.watch('lucency_dicom_associations_limit', () => one(maxAssociations));
  instruments.watch('lucency_dicom_spool_bytes', () => one(spool.bytes));
  instruments.watch('lucency_dicom_spool_limit_bytes', () => one(spoolBytes));
}
