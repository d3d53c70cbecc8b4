import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoClientId, demoDirectory } from '../demo-directory.js';

/** Where the DICOM service finds the secret of the demo client. */
export const demoSecretVariable = 'DEMO_CLIENT_SECRET';

/** AE titles of the demo: one for each site of the demo client's organization, the first for whoever types none. */
export const demoAeTitles = ['LUCENCY', 'LUCENCY_SOUTH'] as const;

export function demoSendersFile(home: string): string {
  return join(home, 'dicom-senders.json');
}

/** Takes images of any sender on this machine for the sites of the demo client. */
export function writeDemoSenders(home: string): void {
  const own = demoDirectory.organizations.find(({ people }) =>
    people.some(({ subject }) => subject === demoClientId),
  );
  const client = { id: demoClientId, secretVariable: demoSecretVariable };
  const applicationEntities = demoAeTitles.map((calledAeTitle, index) => ({
    calledAeTitle,
    siteId: own?.sites[index]?.id,
    client,
  }));
  writeFileSync(demoSendersFile(home), `${JSON.stringify({ applicationEntities }, null, 2)}\n`);
}
