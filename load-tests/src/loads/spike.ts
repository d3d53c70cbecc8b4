import { type Load, steady } from './load.ts';

export const spike: Load = {
  name: 'spike',
  about: 'three times the capacity out of nothing, for a tenth of the time',
  minutes: 4,
  heldToServiceLevels: false,
  checks: ['memory', 'answers', 'urgent', 'admitted', 'recovery'],
  crowds: {
    technologists: { journey: 'technologist', as: 'submitters', stat: 0.5, arrivals: steady(0.1) },
    apiClient: {
      journey: 'apiClient',
      as: 'submitters',
      arrivals: [
        { share: 0.25, from: 0.1, to: 0.1 },
        { share: 0.1, from: 3, to: 3 },
        { share: 0.65, from: 0.1, to: 0.1 },
      ],
    },
  },
};
