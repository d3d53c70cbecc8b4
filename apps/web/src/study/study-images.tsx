import { verdictOf } from '../findings/verdict';
import { VerdictBadge } from '../findings/verdict-badge';
import { viewInWords } from '../findings/view';
import type { StudyDetailFragment } from '../gql/graphql';
import { Assessment } from './assessment';
import { ImageCallouts } from './callouts';
import { ImageViewer } from './image-viewer';
import classes from './study-images.module.css';

export interface StudyImagesProps {
  study: StudyDetailFragment;
  /** Asks for fresh signed addresses. */
  refetch(): Promise<unknown>;
}

/** The images of a study one below the other, each beside what the model said of it. */
export function StudyImages({ study, refetch }: StudyImagesProps) {
  const { images } = study;
  return images.map((image, index) => {
    const columns = (
      <div className={classes.columns}>
        <div className={classes.images}>
          <ImageViewer study={study} image={image} refetch={refetch} />
        </div>
        <Assessment study={study} image={image} />
      </div>
    );
    if (images.length === 1) return <div key={image.id}>{columns}</div>;
    const title = `Image ${index + 1} of ${images.length}: ${viewInWords[image.view]}`;
    return (
      <section key={image.id} className={classes.image} aria-label={title}>
        <div className={classes.titleRow}>
          <h2 className={classes.title}>{title}</h2>
          <VerdictBadge
            verdict={verdictOf({ ...study, readingState: image.readingState, images: [image] })}
          />
        </div>
        <ImageCallouts image={image} isOneOfSeveral />
        {columns}
      </section>
    );
  });
}
