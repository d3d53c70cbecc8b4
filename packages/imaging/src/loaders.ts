import type { Region } from '@lucency/contracts';
import sharp, { type Sharp } from 'sharp';
import type { ImageHeader } from './header.js';

// Every loader of libvips is code that an attacker's file could reach: only two stay open.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng'] });
// Images never come twice, so its cache only holds memory; parallelism is across images.
sharp.cache(false);
sharp.concurrency(1);

/**
 * Opens an image whose header was checked, upright as its EXIF orientation says.
 *
 * Embedded colour profiles are ignored: the training files were made that way, and half of the published
 * full-size X-rays carry a grey profile that would make them 15 of 255 shades brighter than those files.
 * @param region the part to take, all of it when absent.
 */
export function openImage(header: ImageHeader, region?: Region): Sharp {
  const { essential, mediaType, width, height, shrinksOnLoad } = header;
  const image = sharp(essential, {
    // libjpeg reports missing and corrupt data as warnings only; libpng warns of harmless profiles.
    failOn: mediaType === 'image/jpeg' ? 'warning' : 'error',
    ignoreIcc: true,
    limitInputPixels: false,
    sequentialRead: true,
  }).autoOrient();
  if (region) return image.extract(pixelsOf(region, header));
  // Taking all of the picture out of itself keeps sharp from asking the decoder for a reduced one.
  return shrinksOnLoad ? image : image.extract({ left: 0, top: 0, width, height });
}

/** The whole pixels inside a region. */
export function pixelsOf(region: Region, { width, height }: Pick<ImageHeader, 'width' | 'height'>) {
  const left = Math.ceil(region.x * width - 1e-6);
  const top = Math.ceil(region.y * height - 1e-6);
  const right = Math.floor((region.x + region.width) * width + 1e-6);
  const bottom = Math.floor((region.y + region.height) * height + 1e-6);
  return { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

/** Encodes pixels made by this package; the input is trusted. */
export function fromPixels(pixels: Uint8Array, width: number, height: number, channels: 1 | 3 | 4): Sharp {
  return sharp(pixels, { raw: { width, height, channels } });
}

/** The grey pixels of a JPEG that this package just wrote. */
export function readPixels(jpeg: Uint8Array): Promise<Uint8Array> {
  return sharp(jpeg).toColourspace('b-w').raw().toBuffer();
}
