import { expect, it } from 'vitest';
import { show, wordsOf } from '../testing/show';
import { imageWith, studyWith } from '../testing/study';
import { ImageViewer } from './image-viewer';

it('tells an auditor that the role sees no pictures, and shows no broken ones', () => {
  const image = imageWith();
  const study = studyWith({ images: [image], site: { id: 'n', name: 'North', viewerSeesImages: false } });
  const place = show(<ImageViewer study={study} image={image} refetch={async () => undefined} />);
  expect(wordsOf(place)).toContain('Your role sees no pictures');
  expect(place.querySelectorAll('img, figure, [role="slider"]')).toHaveLength(0);
});
