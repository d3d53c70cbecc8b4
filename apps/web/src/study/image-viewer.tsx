import { SegmentedControl, Slider } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { StudyDetailFragment } from '../gql/graphql';
import { Notice } from '../page/notice';
import { Explanation } from './explanation';
import { checkOfImage, isChecked } from './heatmap-check';
import { HeatmapLegend } from './heatmap-legend';
import { HeatmapNote } from './heatmap-note';
import classes from './image-viewer.module.css';
import { OutlineButton, outlineKey } from './outline-button';
import { type Picture, Stage } from './stage';
import { useSteadyAddress } from './use-steady-address';

type Image = StudyDetailFragment['images'][number];

export interface ImageViewerProps {
  study: StudyDetailFragment;
  image: Image;
  /** Asks for fresh signed addresses. */
  refetch(): Promise<unknown>;
}

const layouts = [
  { value: 'side', label: 'Side by side' },
  { value: 'overlay', label: 'Overlay' },
] as const;

/** Where letters are typed; in radio buttons, which have the focus after a change of layout, they are not. */
const typedInto = ['TEXTAREA', 'SELECT'];

/**
 * The original beside the same picture with the heatmap over it, or that one alone and large. A heatmap is shown once
 * it is checked, or before if the person wants it; until then, and if it is withheld, its place says so. Whatever
 * comes or goes, everything stays where it is. An image that was refused, or is not
 * for the model to read, has no place for a heatmap.
 */
export function ImageViewer(props: ImageViewerProps) {
  return props.study.site.viewerSeesImages ? <Pictures {...props} /> : <NoPictures />;
}

/** Whoever reads the trail of who saw a picture has no need to see it, and is given none. */
function NoPictures() {
  return (
    <section className={classes.viewer} aria-label="Images">
      <Notice icon={<IconEyeOff size={28} stroke={1.6} />} title="Your role sees no pictures">
        Auditors read who did and who saw what; images and heatmaps are for those who treat the patient.
      </Notice>
    </section>
  );
}

function Pictures({ study, image, refetch }: ImageViewerProps) {
  const [layout, setLayout] = useState<'side' | 'overlay'>('side');
  const [opacity, setOpacity] = useState(65);
  const [uncheckedWanted, wantUnchecked] = useState(false);
  const [outlineWanted, wantOutline] = useState(false);
  const original = useSteadyAddress(image.address, refetch);
  const overlay = useSteadyAddress(image.heatmap?.address ?? null, refetch);
  const picture: Picture = { address: original, width: image.width, height: image.height };

  const { heatmap } = image;
  const wanted = heatmap && heatmap.presentation !== 'WITHHELD' && (isChecked(heatmap) || uncheckedWanted);
  const shown = wanted && (overlay.url !== null || overlay.givenUp) ? heatmap : null;
  const isAlone = image.readingState === 'NOT_READ' || image.readingState === 'REFUSED';
  const canHaveOne = !isAlone && image.readingState !== 'FAILED';
  const showUnchecked = () => wantUnchecked(true);
  const lungs = image.reading?.lungs?.outline ?? [];
  const outline = outlineWanted && lungs.length > 0 ? lungs : undefined;
  const toggleOutline = () => wantOutline((wanted) => !wanted);
  useHotkeys([[outlineKey, () => lungs.length > 0 && toggleOutline()]], typedInto);

  return (
    <section className={classes.viewer} aria-label="Images">
      {canHaveOne && (
        <div className={classes.tools}>
          <SegmentedControl
            aria-label="Layout"
            data={[...layouts]}
            value={layout}
            onChange={setLayout}
            disabled={!shown}
          />
          <OutlineButton
            isOn={outline !== undefined}
            onToggle={toggleOutline}
            disabled={lungs.length === 0}
          />
          <OpacitySlider value={opacity} onChange={setOpacity} disabled={!shown} />
        </div>
      )}
      <div className={classes.stages} data-layout={isAlone ? 'overlay' : layout}>
        {(layout === 'side' || isAlone) && <Stage title="Original" picture={picture} outline={outline} />}
        {!isAlone && (
          <Stage
            title={layout === 'side' ? 'Heatmap' : 'Heatmap over the original'}
            picture={picture}
            overlay={shown ? { address: overlay, opacity: opacity / 100 } : undefined}
            outline={outline}
          >
            {!shown && (
              <Explanation
                study={study}
                image={image}
                check={checkOfImage(image)}
                onShowUnchecked={showUnchecked}
              />
            )}
          </Stage>
        )}
      </div>
      {canHaveOne && (
        <>
          <HeatmapNote heatmap={shown} />
          <HeatmapLegend heatmap={shown} />
        </>
      )}
    </section>
  );
}

interface OpacitySliderProps {
  value: number;
  disabled: boolean;
  onChange(value: number): void;
}

function OpacitySlider({ value, disabled, onChange }: OpacitySliderProps) {
  return (
    <div className={classes.opacity}>
      <span aria-hidden>Heatmap</span>
      <Slider
        className={classes.slider}
        thumbLabel="Opacity of the heatmap in percent"
        label={(percent) => `${percent} %`}
        value={value}
        onChange={onChange}
        disabled={disabled}
        min={0}
        max={100}
        step={5}
      />
    </div>
  );
}
