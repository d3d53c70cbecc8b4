import { type Load, steady } from './load.ts';

export const smoke: Load = {
  name: 'smoke',
  about: 'a tenth of the capacity: does everything work, and in time',
  minutes: 1,
  heldToServiceLevels: true,
  checks: ['memory'],
  crowds: {
    technologists: { journey: 'technologist', as: 'submitters', stat: 0.2, arrivals: steady(0.1) },
    radiologist: { journey: 'radiologist', as: 'readers', people: 1 },
    imageReader: { journey: 'imageReader', as: 'readers', people: 1 },
  },
};
