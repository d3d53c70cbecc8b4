import { expect, it } from 'vitest';
import type { ImageView } from '../generated/prisma/enums.js';
import {
  deriveImageState,
  type ImageFacts,
  isRead,
  type Standing,
  type TaskStanding,
} from './image-state.js';
import { deriveStudyState, nextState } from './state.js';

/** A study as it is stored, beside the tasks of its images. */
interface Stored {
  images: ImageFacts[];
  state: Standing;
}

const maxImages = 2;
const views: ImageView[] = ['UNKNOWN', 'LATERAL'];

const newTask = (kind: TaskStanding['kind']): TaskStanding => ({
  kind,
  method: null,
  state: 'PENDING',
  reason: null,
  dispatched: false,
});

const newImage = (view: ImageView): ImageFacts => ({
  view,
  tasks: isRead(view) ? [newTask('classify')] : [],
});

/** What may happen to one task; each gives the tasks of its image afterwards. */
function endsOf(tasks: readonly TaskStanding[], task: TaskStanding): TaskStanding[][] {
  const having = (changes: Partial<TaskStanding>, ...more: TaskStanding[]) => [
    ...tasks.map((other) => (other === task ? { ...task, ...changes } : other)),
    ...more,
  ];
  const next = ({ classify: 'explain', explain: 'score' } as const)[task.kind as 'classify' | 'explain'];
  switch (task.state) {
    case 'PENDING':
      return [
        having({ dispatched: !task.dispatched }),
        having({ state: 'DONE' }, ...(next ? [newTask(next)] : [])),
        having({ state: 'REFUSED' }),
        having({ state: 'FAILED' }),
      ];
    default:
      return [];
  }
}

const retried = (task: TaskStanding): TaskStanding =>
  task.state === 'FAILED' && task.kind !== 'score' ? newTask(task.kind) : task;

/** Every study that one event makes of this one; what only the dispatcher knows is shown later or never. */
function* after({ images, state }: Stored): Generator<Stored> {
  const stored = (changed: ImageFacts[]): Stored => ({
    images: changed,
    state: nextState(state, deriveStudyState(changed.map(deriveImageState))),
  });
  for (const [index, image] of images.entries()) {
    for (const task of image.tasks) {
      for (const tasks of endsOf(image.tasks, task)) {
        const changed = images.with(index, { ...image, tasks });
        yield stored(changed);
        if (
          tasks.length === image.tasks.length &&
          tasks.every((each, at) => each.state === image.tasks[at]?.state)
        )
          yield { images: changed, state };
      }
    }
  }
  if (images.some(({ tasks }) => tasks.some((task) => retried(task) !== task)))
    yield stored(images.map((image) => ({ ...image, tasks: image.tasks.map(retried) })));
  if (images.length < maxImages) for (const view of views) yield stored([...images, newImage(view)]);
}

/** Every state that studies of one or two images can come to, by every way there is. */
function everyStudy(): Stored[] {
  const seen = new Map<string, Stored>();
  const open: Stored[] = views.map((view) => {
    const images = [newImage(view)];
    return { images, state: deriveStudyState(images.map(deriveImageState)) };
  });
  for (let study = open.pop(); study; study = open.pop()) {
    // The order of images changes nothing but which reason is told first.
    const images = [...study.images].sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
    const key = JSON.stringify([images, study.state]);
    if (seen.has(key)) continue;
    seen.set(key, { ...study, images });
    open.push(...after({ ...study, images }));
  }
  return [...seen.values()];
}

it('allows every move that results, retries and late images can make, and ends where the images say', () => {
  const studies = everyStudy();
  expect(studies.length).toBeGreaterThan(1_000);
  const settled = studies.filter(({ images }) =>
    images.every(({ tasks }) => tasks.every(({ kind, state }) => kind === 'score' || state !== 'PENDING')),
  );
  for (const { images, state } of settled) {
    const of = images.map(deriveImageState);
    const has = (readingState: Standing['readingState']) =>
      of.some((image) => image.readingState === readingState);
    const expected = has('FAILED')
      ? 'FAILED'
      : has('CLASSIFIED')
        ? 'CLASSIFIED'
        : has('REFUSED')
          ? 'REFUSED'
          : 'NOT_READ';
    expect(state.readingState).toBe(expected);
  }
});
