import {
  ExplanationState as explanationStates,
  ReadingState as storedReadingStates,
} from '../../generated/prisma/enums.js';
import { builder } from '../builder.js';

export const ReadingState = builder.enumType({ ...storedReadingStates, NOT_READ: 'NOT_READ' } as const, {
  name: 'ReadingState',
  description:
    'NOT_READ is what is kept and shown and never read, such as a lateral view: no error, and nothing to retry.',
});
export const ExplanationState = builder.enumType(explanationStates, { name: 'ExplanationState' });
