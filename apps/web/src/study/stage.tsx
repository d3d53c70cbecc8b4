import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
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
  overlay?: { address: SteadyAddress; opacity: number };
  /** Laid over the dimmed picture instead of a heatmap. */
  children?: ReactNode;
}

/** A light box: the picture as large as fits, on black in both colour schemes, and what lies over it. */
export function Stage({ title, picture, overlay, children }: StageProps) {
  const [natural, setNatural] = useState<{ width: number; height: number }>();
  const width = natural?.width ?? picture.width ?? 5;
  const height = natural?.height ?? picture.height ?? 4;
  const { address } = picture;
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
              onLoad={({ currentTarget }) => {
                setNatural({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight });
              }}
            />
          )}
          {overlay?.address.url && (
            <img
              src={overlay.address.url}
              alt=""
              className={classes.overlay}
              style={{ opacity: overlay.opacity }}
              onError={overlay.address.onFailed}
              data-testid="heatmap"
            />
          )}
        </div>
        {address.givenUp && (
          <div className={classes.message}>
            <p>The image could not be loaded.</p>
            <Button variant="white" color="dark" size="compact-md" onClick={address.retry}>
              Try again
            </Button>
          </div>
        )}
        {children && <div className={classes.message}>{children}</div>}
      </div>
      <figcaption className={classes.caption}>{title}</figcaption>
    </figure>
  );
}
