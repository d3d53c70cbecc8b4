import { archive } from '../images/archives.js';
import { retag } from '../images/buildah.js';
import { projectImages } from '../images/project.js';
import { makeStandIns, standIns } from '../images/stand-ins.js';
import { nextTag, tag } from '../platform/release.js';
import { findModules, findPrograms } from '../programs/find.js';
import type { Equipment } from './equipment.js';

/** Finds or makes everything that the cluster takes. Throws MissingTool. */
export async function equip(): Promise<Equipment> {
  const [programs, modules] = [await findPrograms(), await findModules()];
  await makeStandIns();
  const images = await projectImages(tag);
  const next = images.map((image) => image.replace(`:${tag}`, `:${nextTag}`));
  for (const [index, image] of images.entries()) await retag(image, next[index] ?? '');
  const { pause, nats, postgres, s3 } = standIns;
  const archives = await archive([pause, nats, postgres, s3, ...images, ...next]);
  return { programs, modules, archives, pauseImage: pause };
}
