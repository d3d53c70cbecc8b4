import { type Load, steady } from './load.ts';

export const reconnect: Load = {
  name: 'reconnect',
  about: 'a hundred worklists lose their connection at once, all come back at once, twice',
  minutes: 2,
  heldToServiceLevels: false,
  checks: ['memory', 'answers', 'reconnect'],
  crowds: {
    // Spread over all there are: one person alone would run into the quota that each has.
    subscribers: { journey: 'radiologist', as: 'everyone', people: 100, cuts: [0.4, 0.7] },
    technologists: { journey: 'technologist', as: 'submitters', stat: 0.2, arrivals: steady(0.1) },
  },
};
