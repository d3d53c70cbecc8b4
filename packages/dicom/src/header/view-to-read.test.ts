import { expect, it } from 'vitest';
import { viewToRead } from './view-to-read.js';

const chest = {
  view: 'PA',
  bodyPart: 'CHEST',
  presentationIntent: 'FOR_PRESENTATION',
  imageType: ['ORIGINAL', 'PRIMARY'],
} as const;

it.each([
  ['a frontal view of the chest', {}, 'PA'],
  ['a lateral one', { view: 'LATERAL' }, 'LATERAL'],
  ['one whose body part is told in a word of its own', { bodyPart: 'THORAX AP LIEGEND' }, 'PA'],
  ['one whose body part is not told', { bodyPart: null }, 'PA'],
  ['a knee', { bodyPart: 'KNEE' }, 'OTHER'],
  ['a cervical spine, written with a blank', { bodyPart: 'C SPINE', view: 'AP' }, 'OTHER'],
  ['a lateral spine', { bodyPart: 'LSPINE', view: 'LATERAL' }, 'LATERAL'],
  ['what was not processed for people', { presentationIntent: 'FOR_PROCESSING' }, 'OTHER'],
  ['bones alone', { imageType: ['DERIVED', 'PRIMARY', '', 'BONE'] }, 'OTHER'],
  ['soft tissue alone', { imageType: ['DERIVED', 'PRIMARY', 'SOFT_TISSUE'] }, 'OTHER'],
  ['a derived picture of the whole', { imageType: ['DERIVED', 'PRIMARY', 'POST_PROCESSED'] }, 'PA'],
] as const)('%s', (_what, facts, view) => {
  expect(
    viewToRead({
      ...chest,
      ...facts,
      imageType: [...('imageType' in facts ? facts.imageType : chest.imageType)],
    }),
  ).toBe(view);
});
