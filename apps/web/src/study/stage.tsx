import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { LungOutline, type Outline } from './lung-outline';
import classes from './stage.module.css';
import type { SteadyAddress } from './use-steady-address';

export interface Picture {
  address: SteadyAddress;
  /** Pixels; null until the image was decoded by the service. */
  width: number | null;
  height: number | null;
}

export interface StageProps {
  title: string;
  picture: Picture;
  overlay?: { address: SteadyAddress; opacity: number } | undefined;
  /** Drawn over the picture and its heatmap; not over a dimmed one, which has words over it. */
  outline?: Outline | undefined;
  /** Laid over the dimmed picture instead of a heatmap. */
  children?: ReactNode;
}

/**
 * A light box: the picture as large as fits, on black in both colour schemes, and what lies over it. Over a picture
 * that is not there nothing is drawn: a heatmap on black would look like a finding.
 */
export function Stage({ title, picture, overlay, outline, children }: StageProps) {
  const [loaded, setLoaded] = useState<{ url: string; width: number; height: number }>();
  const width = loaded?.width ?? picture.width ?? 5;
  const height = loaded?.height ?? picture.height ?? 4;
  const { address } = picture;
  const isThere = address.url !== null && loaded?.url === address.url;
  return (
    <figure className={classes.figure}>
      <div className={classes.box}>
        {/* The heatmap is stretched to the picture, so both fill a frame of the picture's own shape. */}
        <div
          className={classes.frame}
          style={{ aspectRatio: `${width} / ${height}`, ['--shape' as string]: width / height }}
        >
          {address.url && (
            <img
              src={address.url}
              alt={`${title} of the chest X-ray`}
              className={classes.picture}
              data-dimmed={children ? true : undefined}
              onError={address.onFailed}
              onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => {
                address.onLoaded();
                if (address.url) setLoaded({ url: address.url, width: naturalWidth, height: naturalHeight });
              }}
            />
          )}
          {isThere && overlay?.address.url && (
            <img
              src={overlay.address.url}
              alt=""
              className={classes.overlay}
              style={{ opacity: overlay.opacity }}
              onLoad={overlay.address.onLoaded}
              onError={overlay.address.onFailed}
              data-testid="heatmap"
            />
          )}
          {isThere && outline && !children && <LungOutline outline={outline} />}
        </div>
        {address.givenUp && <Missing words="The image could not be loaded." onRetry={address.retry} />}
        {!address.givenUp && overlay?.address.givenUp && (
          <Missing words="The heatmap could not be loaded." onRetry={overlay.address.retry} />
        )}
        {!address.givenUp && children && <div className={classes.message}>{children}</div>}
      </div>
      <figcaption className={classes.caption}>{title}</figcaption>
    </figure>
  );
}

function Missing({ words, onRetry }: { words: string; onRetry(): void }) {
  return (
    <div className={classes.message} role="alert">
      <p>{words}</p>
      <Button variant="white" color="dark" size="compact-md" onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
