import type { Archive } from '../images/archives.js';
import type { Modules, Programs } from '../programs/find.js';

/** What was found and made outside, before the cluster starts without any way to the world. */
export interface Equipment {
  programs: Programs;
  modules: Modules;
  archives: Archive[];
  /** Of the pods' sandboxes. */
  pauseImage: string;
}
