import { dicomKilled } from './dicom-killed.js';
import type { Experiment } from './experiment.js';
import { gatewayKilled } from './gateway-killed.js';
import { natsEmptied, natsRestarted } from './nats-lost.js';
import { pacsAway } from './pacs-away.js';
import { poisonImage } from './poison-image.js';
import { workerKilled } from './worker-killed.js';
import { workerStopped } from './worker-stopped.js';

export const experiments: readonly Experiment[] = [
  workerKilled,
  gatewayKilled,
  natsRestarted,
  natsEmptied,
  poisonImage,
  workerStopped,
  dicomKilled,
  pacsAway,
];
