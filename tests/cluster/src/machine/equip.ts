import { archive } from '../images/archives.js';
import { projectImages } from '../images/project.js';
import { makeStandIns, standIns } from '../images/stand-ins.js';
import { nextTag, tag } from '../platform/release.js';
import { findModules, findPrograms } from '../programs/find.js';
import type { Equipment } from './equipment.js';

/** Finds or makes everything that the cluster takes. Throws MissingTool. */
export async function equip(): Promise<Equipment> {
  const [programs, modules] = [await findPrograms(), await findModules()];
  await makeStandIns();
  const { pause, nats, postgres, s3 } = standIns;
  const archives = [
    ...(await archive([pause, nats, postgres, s3])),
    ...(await archive(await projectImages(tag))).map(({ image, file }) => ({
      ...{ image, file },
      alias: image.replace(`:${tag}`, `:${nextTag}`),
    })),
  ];
  return { programs, modules, archives, pauseImage: pause };
}
