import { setTimeout as sleep } from 'node:timers/promises';
import { sendInstances } from '../client/modality.js';
import type { Experiment } from './experiment.js';

interface KnownInstance {
  id: string;
  studyInstanceUid: string;
  sopInstanceUid: string;
  idempotencyKey: string;
}

export const dicomKilled: Experiment = {
  name: 'dicom-killed',
  promise:
    'a DICOM port killed between the last byte of an instance and its answer loses and doubles nothing',
  run: async ({ dicom, dicomPort, database }, journal, { studies, faults }) => {
    dicom.supervise();
    const to = { host: '127.0.0.1', port: dicomPort, called: 'LUCENCY', calling: 'MODALITY' };
    const sending = sendInstances(to, studies);
    for (let fault = 0; fault < faults; fault += 1) {
      // Each time at another moment of what is under way.
      await sleep(900 + 37 * fault);
      await dicom.kill();
    }
    const stored = await sending;
    const known = await database.query<KnownInstance>(
      `SELECT s.id, s.study_instance_uid AS "studyInstanceUid", i.sop_instance_uid AS "sopInstanceUid",
         s.idempotency_key AS "idempotencyKey"
       FROM study s JOIN image i ON i.study_id = s.id WHERE s.study_instance_uid = ANY ($1)`,
      [stored.map(({ studyInstanceUid }) => studyInstanceUid)],
    );
    const keys = new Map(known.rows.map(({ id, idempotencyKey }) => [id, idempotencyKey]));
    for (const [id, idempotencyKey] of keys) {
      const studyId = Buffer.from(`Study:${id}`).toString('base64url');
      journal.entries.push({ idempotencyKey, studyId });
    }
    return [
      ...stored.flatMap(({ sopInstanceUid }) => {
        const images = known.rows.filter((row) => row.sopInstanceUid === sopInstanceUid).length;
        return images === 1 ? [] : [`an instance that was answered with success is ${images} images`];
      }),
      ...(keys.size === studies ? [] : [`${studies} studies became ${keys.size}`]),
    ];
  },
};
