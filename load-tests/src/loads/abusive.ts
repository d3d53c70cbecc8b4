import { type Load, steady } from './load.ts';

export const abusive: Load = {
  name: 'abusive',
  about: 'one client submits as fast as it can and never waits; the others must not feel it',
  minutes: 3,
  heldToServiceLevels: false,
  checks: ['memory', 'answers', 'fairness'],
  crowds: {
    abuser: { journey: 'apiClient', as: 'abuser', people: 16 },
    technologists: { journey: 'technologist', as: 'others', stat: 0.3, arrivals: steady(0.15) },
  },
};
