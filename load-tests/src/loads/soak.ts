import { type Load, steady } from './load.ts';

export const soak: Load = {
  name: 'soak',
  about: 'an ordinary day for hours: does anything grow',
  minutes: 120,
  heldToServiceLevels: true,
  checks: ['memory'],
  crowds: {
    technologists: { journey: 'technologist', as: 'submitters', stat: 0.1, arrivals: steady(0.2) },
    apiClient: { journey: 'apiClient', as: 'submitters', arrivals: steady(0.2) },
    radiologists: { journey: 'radiologist', as: 'readers', people: 3 },
    imageReaders: { journey: 'imageReader', as: 'readers', people: 2 },
  },
};
