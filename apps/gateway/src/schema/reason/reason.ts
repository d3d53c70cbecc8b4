import {
  cautions,
  type FailureCode,
  failures,
  type RefusalCode,
  refusals,
  submissionCautions,
  type UnreadCode,
  unreadViews,
  type WithholdingCode,
  withholdings,
} from '@lucency/contracts';
import { builder } from '../builder.js';

const sentences: Record<string, string> = {
  ...refusals,
  ...failures,
  ...withholdings,
  ...unreadViews,
} satisfies Record<RefusalCode | FailureCode | WithholdingCode | UnreadCode, string>;

interface ReasonShape {
  code: string;
  message: string;
}

export const Reason = builder.objectRef<ReasonShape>('Reason').implement({
  description: 'A code for programs and a sentence for people.',
  fields: (t) => ({ code: t.exposeString('code'), message: t.exposeString('message') }),
});

const cautionSentences: Record<string, string> = { ...cautions, ...submissionCautions };

export function cautionOf(code: string): ReasonShape {
  return { code, message: cautionSentences[code] ?? 'Read this image with extra care.' };
}

export function reasonOf(code: string | null): ReasonShape | null {
  return code === null ? null : { code, message: sentences[code] ?? failures.INTERNAL };
}
