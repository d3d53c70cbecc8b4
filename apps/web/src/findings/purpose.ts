import type { OperatingPurpose } from '../gql/graphql';

/** What a threshold is for, in words. */
export const purposes: Record<OperatingPurpose, string> = {
  SCREENING: 'Screening: to miss nobody',
  BALANCED: 'Balanced: both errors weigh alike',
  RULE_IN: 'Ruling in: to be sure before acting',
};
