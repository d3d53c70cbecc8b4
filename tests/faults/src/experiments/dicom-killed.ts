import { setTimeout as sleep } from 'node:timers/promises';
import { enterStored } from '../client/enter-stored.js';
import { sendInstances } from '../client/modality.js';
import type { Experiment } from './experiment.js';

export const dicomKilled: Experiment = {
  name: 'dicom-killed',
  promise:
    'a DICOM port killed between the last byte of an instance and its answer loses and doubles nothing',
  run: async (platform, journal, { studies, faults }) => {
    const { dicom, dicomPort } = platform;
    dicom.supervise();
    const to = { host: '127.0.0.1', port: dicomPort, called: 'LUCENCY', calling: 'MODALITY' };
    const sending = sendInstances(to, studies);
    for (let fault = 0; fault < faults; fault += 1) {
      // Each time at another moment of what is under way.
      await sleep(900 + 37 * fault);
      await dicom.kill();
    }
    return enterStored(platform, journal, await sending, studies);
  },
};
