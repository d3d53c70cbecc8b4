import { SegmentedControl, Slider } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { isSettled } from '../findings/verdict';
import type { StudyDetailFragment } from '../gql/graphql';
import { Explanation } from './explanation';
import { HeatmapLegend } from './heatmap-legend';
import classes from './image-viewer.module.css';
import { type Picture, Stage } from './stage';
import { useSteadyAddress } from './use-steady-address';

type Image = StudyDetailFragment['images'][number];

export interface ImageViewerProps {
  study: StudyDetailFragment;
  image: Image;
  /** Asks for fresh signed addresses. */
  refetch(): void;
}

const layouts = [
  { value: 'side', label: 'Side by side' },
  { value: 'overlay', label: 'Overlay' },
] as const;

/** The original beside the same picture with the heatmap over it, or that one alone and large. */
export function ImageViewer({ study, image, refetch }: ImageViewerProps) {
  const [layout, setLayout] = useState<'side' | 'overlay'>('side');
  const [opacity, setOpacity] = useState(65);
  const original = useSteadyAddress(image.address, refetch);
  const heatmap = useSteadyAddress(image.heatmap?.address ?? null, refetch);
  const picture: Picture = { address: original, width: image.width, height: image.height };
  const explained = image.heatmap !== null && heatmap.url !== null;

  return (
    <section className={classes.viewer} aria-label="Images">
      {(explained || !isSettled(study)) && (
        // There from the beginning, so that the images do not jump when the heatmap comes.
        <div className={classes.tools}>
          <SegmentedControl
            aria-label="Layout"
            data={[...layouts]}
            value={layout}
            onChange={setLayout}
            disabled={!explained}
          />
          {explained && <OpacitySlider value={opacity} onChange={setOpacity} />}
        </div>
      )}
      <div className={classes.stages} data-layout={explained ? layout : 'side'}>
        {(layout === 'side' || !explained) && <Stage title="Original" picture={picture} />}
        {explained ? (
          <Stage
            title={layout === 'side' ? 'Heatmap' : 'Heatmap over the original'}
            picture={picture}
            overlay={{ address: heatmap, opacity: opacity / 100 }}
          />
        ) : (
          <Explanation study={study} picture={picture} />
        )}
      </div>
      {image.heatmap && explained && (
        <>
          {image.heatmap.presentation === 'CAUTIOUS' && (
            <p className={classes.caution} role="status">
              <IconAlertTriangle size={18} aria-hidden />
              Take this heatmap with care: showing and hiding the places it marks moved the answer only a
              little.
            </p>
          )}
          <HeatmapLegend heatmap={image.heatmap} />
        </>
      )}
    </section>
  );
}

function OpacitySlider({ value, onChange }: { value: number; onChange(value: number): void }) {
  return (
    <div className={classes.opacity}>
      <span aria-hidden>Heatmap</span>
      <Slider
        className={classes.slider}
        thumbLabel="Opacity of the heatmap in percent"
        label={(percent) => `${percent} %`}
        value={value}
        onChange={onChange}
        min={0}
        max={100}
        step={5}
      />
    </div>
  );
}
