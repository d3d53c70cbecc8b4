/** PS3.5, 9.1. Only digits and dots, so that no value can carry anything else into a file. */
const uid = /^(?=.{1,64}$)[0-9]+(\.[0-9]+)*$/;

export function isUid(text: unknown): text is string {
  return typeof text === 'string' && uid.test(text);
}
