import { poisonMark } from '../platform/pictures.js';
import type { Experiment } from './experiment.js';

const triesOfAnImage = 5;

export const poisonImage: Experiment = {
  name: 'poison-image',
  promise:
    'a poison image is tried five times, then FAILED; its neighbours are not touched and the queue goes on',
  run: async (platform, journal, { studies }) => {
    const { restarts } = platform.inference.supervise();
    const [poisoned] = await Promise.all([journal.submit(1, { mark: poisonMark }), journal.submit(studies)]);
    const after = await journal.submit(2);
    const ended = await journal.settled(120_000);
    const problems: string[] = [];
    const of = (studyId: string | undefined) => ended.find(({ id }) => id === studyId);
    const poison = of(poisoned[0]?.studyId);
    if (poison?.readingState !== 'FAILED' || poison.readingReason?.code !== 'PROCESSING_CRASHED') {
      problems.push(`the poison image ended ${poison?.readingState} ${poison?.readingReason?.code}`);
    }
    if (restarts() !== triesOfAnImage)
      problems.push(`it crashed the worker ${restarts()} times, not ${triesOfAnImage}`);
    const touched = ended.filter(
      ({ id, readingState }) => id !== poison?.id && readingState !== 'CLASSIFIED',
    );
    for (const { readingState, readingReason } of touched)
      problems.push(`a neighbour ended ${readingState} ${readingReason?.code}`);
    if (after.some(({ studyId }) => of(studyId)?.readingState !== 'CLASSIFIED'))
      problems.push('the queue stood still');
    return problems;
  },
};
