import { readLabelledImages, type SourcedFile } from '@lucency/evaluation';
import { fromHere } from '../paths.js';
import { InputError } from '../usage.js';

/** The labelled images of a folder or manifest as it was typed. @throws InputError, in one line, where it is neither. */
export async function labelledImages(data: string): Promise<SourcedFile[]> {
  return readLabelledImages(fromHere(data)).catch((error: Error) => {
    throw new InputError(error.message);
  });
}
