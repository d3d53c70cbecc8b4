import { type Load, steady } from './load.ts';

export const statFlood: Load = {
  name: 'stat-flood',
  about: 'a few urgent studies under a flood of routine ones',
  minutes: 4,
  heldToServiceLevels: false,
  checks: ['memory', 'answers', 'urgent'],
  crowds: {
    urgent: { journey: 'technologist', as: 'submitters', stat: 1, arrivals: steady(0.1) },
    routine: {
      journey: 'apiClient',
      as: 'submitters',
      arrivals: [
        { share: 0.7, from: 1.5, to: 1.5 },
        { share: 0.3, from: 0, to: 0 },
      ],
    },
  },
};
