import { type Load, steady } from './load.ts';

export const reconnect: Load = {
  name: 'reconnect',
  about: 'two hundred worklists lose their connection at once, all come back at once, twice',
  minutes: 2,
  heldToServiceLevels: false,
  checks: ['memory', 'answers', 'reconnect'],
  crowds: {
    subscribers: { journey: 'radiologist', as: 'readers', people: 200, cuts: [0.4, 0.7] },
    technologists: { journey: 'technologist', as: 'submitters', stat: 0.2, arrivals: steady(0.1) },
  },
};
