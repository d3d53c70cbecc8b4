import {
  type ReadingService as ReadingServiceShape,
  readingService,
} from '../../admission/reading-service.js';
import { builder } from '../builder.js';

const ReadingServiceState = builder.enumType('ReadingServiceState', {
  values: {
    ON_TIME: {},
    BEHIND: { description: 'Studies wait longer than usual.' },
    AWAY: { description: 'Studies wait, and none was answered for a minute.' },
  } as const,
});

const ReadingService = builder.objectRef<ReadingServiceShape>('ReadingService').implement({
  description: 'How the AI keeps up with what is submitted, over the whole platform.',
  fields: (t) => ({
    state: t.expose('state', { type: ReadingServiceState }),
    oldestWaitingSeconds: t.exposeInt('oldestWaitingSeconds', {
      description: 'How long the study has waited that waits longest; 0 when none does.',
    }),
  }),
});

builder.queryField('readingService', (t) =>
  t.field({
    type: ReadingService,
    resolve: async (_root, _args, { deps }) => readingService(await deps.workload.read()),
  }),
);
