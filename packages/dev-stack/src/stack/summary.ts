import { demoClientId, demoDirectory } from '../demo-directory.js';
import { demoAeTitles } from './demo-senders.js';
import { drawnDicomFile } from './drawn-dicom.js';
import { usual } from './ports.js';
import type { Surroundings } from './services.js';

/** What to open and whom to be, in a box. */
export function summary(around: Surroundings): string {
  const lines = [
    '',
    `Portal    ${around.portalUrl}`,
    `GraphQL   ${around.gatewayUrl}/graphql`,
    `Sign-in   ${around.signIn.issuer}`,
    `DICOM     localhost:${around.ports.dicom}, AE title ${demoAeTitles[0]}`,
    '',
    'Sign in as (no password, made-up people):',
    ...demoDirectory.organizations.flatMap((organization) => [
      `  ${organization.name}`,
      ...organization.people
        .filter((person) => person.subject !== demoClientId)
        .map((person) => `    ${person.name}`),
    ]),
    '',
    `API client ${demoClientId}, secret ${around.signIn.apiClient.secret}`,
    '',
    'To send a drawn chest as a modality does:',
    `  ${sendCommand(around)}`,
    '',
    `Data and logs  ${around.home.path}`,
    'Not a medical device. The sample studies are drawn by code.',
    'Ctrl-C stops everything.',
    '',
  ];
  const width = Math.max(...lines.map((line) => line.length));
  const rule = '─'.repeat(width + 4);
  return [`┌${rule}┐`, ...lines.map((line) => `│  ${line.padEnd(width)}  │`), `└${rule}┘`].join('\n');
}

function sendCommand({ home, ports }: Surroundings): string {
  const port = ports.dicom === usual.dicom ? '' : ` --port ${ports.dicom}`;
  return `npm run send -- ${drawnDicomFile(home.path)}${port}`;
}
