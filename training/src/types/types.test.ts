import { homeSource } from '@lucency/evaluation';
import { featureCount } from '@lucency/model/card';
import { seededRandom } from '@lucency/statistics';
import { beforeAll, describe, expect, it } from 'vitest';
import { typeClassOf } from '../dataset/pneumonia-type.js';
import { startTrainingBackend } from '../network/backend.js';
import { chooseTypes, type TypeAnswer } from './choose-types.js';
import { measureTypes } from './measure-types.js';
import { trainTypes } from './train-types.js';

describe('the type of a training picture', () => {
  const type = (file: string, label: 0 | 1, source = homeSource) => typeClassOf({ file, label, source });
  it('is what its name says, and unknown where nothing says it', () => {
    expect(type('PNEUMONIA/person1_bacteria_2.jpeg', 1)).toBe(1);
    expect(type('PNEUMONIA/person1_virus_2.jpeg', 1)).toBe(2);
    expect(type('NORMAL/IM-0115-0001.jpeg', 0)).toBe(0);
    expect(type('PNEUMONIA/a.jpeg', 1)).toBeNull();
    expect(type('images/person1_virus_2.jpeg', 1, 'second-hospital')).toBeNull();
  });
});

describe('the second head', () => {
  beforeAll(() => startTrainingBackend('head', 1));

  it('learns what tells the classes apart, of features as they are', () => {
    const random = seededRandom(3);
    const drawn = (images: number) => {
      const features = new Float32Array(images * featureCount);
      const classes = Array.from({ length: images }, (_, at) => (at % 3) as 0 | 1 | 2);
      features.forEach((_, at) => {
        const own = at % featureCount === (classes[Math.floor(at / featureCount)] ?? 0);
        // All but a few never change.
        features[at] = at % featureCount < 20 ? 5 + random() + (own ? 2 : 0) : 1;
      });
      return { features, classes };
    };
    const recipe = { imagesAClass: 9, steps: 60, rate: 0.01, weightDecay: 0.1 };
    const tensors = trainTypes(drawn(90), drawn(30), recipe, { show: () => {}, say: () => {} });
    const kernel = tensors.get('type/kernel')?.values ?? new Float32Array();
    const bias = tensors.get('type/bias')?.values ?? new Float32Array();
    const { features, classes } = drawn(30);
    const called = classes.map((_, image) => {
      const logits = [0, 1, 2].map((out) =>
        features
          .subarray(image * featureCount, (image + 1) * featureCount)
          .reduce((sum, value, feature) => sum + value * (kernel[feature * 3 + out] ?? 0), bias[out] ?? 0),
      );
      return logits.indexOf(Math.max(...logits));
    });
    expect(called.filter((one, at) => one === classes[at]).length).toBeGreaterThan(26);
  }, 60_000);
});

/** Logits of which the share of bacterial among both is known. */
function answer(type: 0 | 1 | 2, share: number, at: number): TypeAnswer {
  return {
    types: Float32Array.of(type === 0 ? 9 : -9, Math.log(share / (1 - share)), 0),
    type,
    patient: `${at}`,
  };
}

describe('the bounds of naming a type', () => {
  const normals = Array.from({ length: 40 }, (_, at) => answer(0, 0.5, at));

  it('are the lowest from which on nine in ten are right', () => {
    const ill = Array.from({ length: 200 }, (_, at) => {
      const share = (at + 0.5) / 200;
      // Between .3 and .7 nobody can tell.
      const bacterial = share > 0.7 || (share > 0.3 && at % 2 === 0);
      return answer(bacterial ? 1 : 2, share, 100 + at);
    });
    const { bacterialFrom, viralFrom } = chooseTypes([...normals, ...ill]);
    expect(bacterialFrom).toBeGreaterThan(0.55);
    expect(bacterialFrom).toBeLessThan(0.8);
    expect(viralFrom).toBeGreaterThan(0.55);
    const measured = measureTypes([...normals, ...ill], {
      ...chooseTypes([...normals, ...ill]),
    });
    expect(measured.namedRight.value).toBeGreaterThan(0.88);
    expect(measured.auc.normal.value).toBe(1);
    expect(measured.confusion[0]).toEqual([40, 0, 0]);
    expect(measured.named.value).toBeGreaterThan(0.5);
  });

  it('name nothing where the types cannot be told apart', () => {
    const ill = Array.from({ length: 200 }, (_, at) =>
      answer(at % 2 === 0 ? 1 : 2, (Math.floor(at / 2) + 0.5) / 100, at),
    );
    expect(chooseTypes([...normals, ...ill])).toMatchObject({ bacterialFrom: 1, viralFrom: 1 });
  });
});
