import { type Load, steady } from './load.ts';

export const average: Load = {
  name: 'average',
  about: 'an ordinary day: four tenths of the capacity, with readers and a program that sends bursts',
  minutes: 10,
  heldToServiceLevels: true,
  checks: ['memory'],
  crowds: {
    technologists: { journey: 'technologist', as: 'submitters', stat: 0.1, arrivals: steady(0.2) },
    apiClient: { journey: 'apiClient', as: 'submitters', arrivals: steady(0.2) },
    radiologists: { journey: 'radiologist', as: 'readers', people: 3 },
    imageReaders: { journey: 'imageReader', as: 'readers', people: 2 },
  },
};
