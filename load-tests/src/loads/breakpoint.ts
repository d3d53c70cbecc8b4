import type { Load } from './load.ts';

export const breakpoint: Load = {
  name: 'breakpoint',
  about: 'more and more until the service levels are missed: how much is that',
  minutes: 8,
  heldToServiceLevels: false,
  stopsWhenMissed: true,
  checks: ['memory', 'answers'],
  crowds: {
    technologists: {
      journey: 'technologist',
      as: 'submitters',
      stat: 0.1,
      arrivals: [{ share: 1, from: 0.02, to: 0.2 }],
    },
    apiClient: { journey: 'apiClient', as: 'submitters', arrivals: [{ share: 1, from: 0.2, to: 2 }] },
  },
};
