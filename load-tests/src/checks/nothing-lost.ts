import type { Evidence, Judgement } from '../evidence/evidence.ts';

/** The journal's oracle. */
export const nothingLost = ({ oracle }: Pick<Evidence, 'oracle'>): Omit<Judgement, 'decides'>[] => [
  {
    what: 'studies lost',
    wanted: '0',
    measured: `${oracle.lost} of ${oracle.acknowledged}`,
    ok: oracle.acknowledged > 0 && oracle.lost === 0,
  },
  {
    what: 'studies doubled',
    wanted: '0',
    measured: `${oracle.doubled} of ${oracle.acknowledged}`,
    ok: oracle.doubled === 0,
  },
  {
    what: 'studies without an end',
    wanted: '0',
    measured: `${oracle.open} of ${oracle.acknowledged}`,
    ok: oracle.open === 0,
  },
  {
    what: 'studies failed',
    wanted: '0',
    measured: `${oracle.states.FAILED ?? 0} of ${oracle.acknowledged}`,
    ok: !oracle.states.FAILED,
  },
];
