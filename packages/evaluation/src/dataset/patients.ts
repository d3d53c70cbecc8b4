/**
 * Whose image a file of the Kermany data set is: `personN_bacteria_M` and `personN_virus_M` are of patient N,
 * `IM-N-M` and `NORMAL2-IM-N-M` of normal N of two series. Nothing says that the series share their numbers, so
 * they are held apart. A file named otherwise is a patient of its own.
 */
export function patientOf(fileName: string): string {
  const name = fileName.replace(/\.[^.]+$/, '');
  const match = /^(person\d+)_|^((?:NORMAL2-)?IM-\d+)-/.exec(name);
  return match?.[1] ?? match?.[2] ?? name;
}
