import { freePort } from '../processes/ports.js';

/** The ports people see have usual numbers; the others only need to be the same when they can be. */
export const usual = {
  portal: 3000,
  gateway: 4000,
  signIn: 4100,
  dicom: 11_112,
  nats: 24_222,
  postgres: 25_432,
};

export type StackPorts = typeof usual &
  Record<'gatewayHealth' | 'inferenceHealth' | 'explainHealth' | 'dicomHealth', number>;

/**
 * Takes the usual ports, free ones where those are taken, and says so. `anyPorts` takes none of the usual:
 * stacks that start at the same time would all find them free.
 */
export async function choosePorts(
  { portal, anyPorts }: { portal: number | undefined; anyPorts: boolean },
  say: (text: string) => void,
): Promise<StackPorts> {
  const wanted = { ...usual, ...(portal === undefined ? {} : { portal }) };
  const take = async (name: keyof typeof usual) => {
    if (anyPorts) return freePort();
    const port = await freePort(wanted[name]);
    if (port !== wanted[name]) say(`port ${wanted[name]} (${name}) is taken; using ${port}`);
    return port;
  };
  return {
    portal: await take('portal'),
    gateway: await take('gateway'),
    signIn: await take('signIn'),
    dicom: await take('dicom'),
    nats: await take('nats'),
    postgres: await take('postgres'),
    gatewayHealth: await freePort(),
    inferenceHealth: await freePort(),
    explainHealth: await freePort(),
    dicomHealth: await freePort(),
  };
}
