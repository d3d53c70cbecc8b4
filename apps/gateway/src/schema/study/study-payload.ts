import { builder } from '../builder.js';
import type { OperationContext } from '../context.js';
import { countingFailures } from '../failure/counting-failures.js';
import { Study } from './study.js';

/** Changes commit on their own; an older snapshot of this operation would not show them. */
export async function freshly<T>(
  field: string,
  context: OperationContext,
  change: () => Promise<T>,
): Promise<T> {
  await context.close();
  return countingFailures(field, context, change);
}

/** The study as it stands after the change that was just committed. */
export function payload<Shape extends { studyId: string }>(name: string) {
  const ref = builder.objectRef<Shape>(name);
  builder.objectType(ref, {
    fields: (t) => ({
      study: t.prismaField({
        type: Study,
        resolve: async (query, { studyId }, _args, { reader }) =>
          (await reader.open()).study.findUniqueOrThrow({ ...query, where: { id: studyId } }),
      }),
    }),
  });
  return ref;
}
