import { type Load, steady } from './load.ts';

export const stress: Load = {
  name: 'stress',
  about: 'half as much again as can be done, for half of the time',
  minutes: 6,
  heldToServiceLevels: false,
  checks: ['memory', 'answers', 'urgent', 'admitted', 'recovery'],
  crowds: {
    technologists: { journey: 'technologist', as: 'submitters', stat: 0.5, arrivals: steady(0.1) },
    apiClient: {
      journey: 'apiClient',
      as: 'submitters',
      arrivals: [
        { share: 0.1, from: 0.2, to: 1.4 },
        { share: 0.5, from: 1.4, to: 1.4 },
        { share: 0.1, from: 1.4, to: 0.1 },
        { share: 0.3, from: 0.1, to: 0.1 },
      ],
    },
    radiologists: { journey: 'radiologist', as: 'readers', people: 2 },
  },
};
