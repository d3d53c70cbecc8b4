import type { ImageView } from '../gql/graphql';

export const viewInWords: Record<ImageView, string> = {
  PA: 'PA view',
  AP: 'AP view',
  LATERAL: 'Lateral view',
  OTHER: 'Other view',
  UNKNOWN: 'View not stated',
};
