export type DemoRole = 'TECHNOLOGIST' | 'RADIOLOGIST' | 'SITE_ADMIN' | 'ADMIN' | 'AUDITOR' | 'SERVICE';

export interface DemoPerson {
  /** The provider that knows the subject; left out, the one that the stack starts. */
  issuer?: string;
  /** What the provider calls this person in its tokens. */
  subject: string;
  name: string;
  /** `siteId` is null for roles that hold for the whole organization. */
  roles: { role: DemoRole; siteId: string | null }[];
}

export interface DemoOrganization {
  id: string;
  name: string;
  sites: { id: string; name: string; refusesOutOfRangeAge: boolean }[];
  people: DemoPerson[];
}

export interface DemoDirectory {
  organizations: DemoOrganization[];
}

const north = '88c774fb-e61b-4c3d-a0ae-4404bda027e1';
const south = '7e623d0f-b7ce-4ca7-9415-c18115230ab7';
const valley = '211e0827-052a-4624-a08a-f9161e38bb5b';

/** The client that signs in as itself, with credentials instead of a person. */
export const demoClientId = 'lucency-demo-client';

/** Two organizations and three sites, whose people are roles and nobody in particular. */
export const demoDirectory: DemoDirectory = {
  organizations: [
    {
      id: '813b50cd-3a3f-4c5a-b5dd-8a9e7823b830',
      name: 'Harbour Children’s Hospital Group',
      sites: [
        { id: north, name: 'Harbour North', refusesOutOfRangeAge: false },
        { id: south, name: 'Harbour South', refusesOutOfRangeAge: true },
      ],
      people: [
        {
          subject: 'technologist-north',
          name: 'Technologist, North Site',
          roles: [{ role: 'TECHNOLOGIST', siteId: north }],
        },
        {
          subject: 'technologist-south',
          name: 'Technologist, South Site',
          roles: [{ role: 'TECHNOLOGIST', siteId: south }],
        },
        {
          subject: 'radiologist-both',
          name: 'Radiologist, both sites',
          roles: [
            { role: 'RADIOLOGIST', siteId: north },
            { role: 'RADIOLOGIST', siteId: south },
          ],
        },
        {
          subject: 'radiologist-north',
          name: 'Radiologist, North Site',
          roles: [{ role: 'RADIOLOGIST', siteId: north }],
        },
        {
          subject: 'administrator-harbour',
          name: 'Administrator',
          roles: [{ role: 'ADMIN', siteId: null }],
        },
        {
          subject: 'auditor-harbour',
          name: 'Auditor',
          roles: [{ role: 'AUDITOR', siteId: null }],
        },
        {
          subject: demoClientId,
          name: 'Demo API client',
          roles: [{ role: 'SERVICE', siteId: null }],
        },
      ],
    },
    {
      id: '4126b2a9-4f9c-4025-9e3a-81c90d13f0ed',
      name: 'Valley Health',
      sites: [{ id: valley, name: 'Valley Clinic', refusesOutOfRangeAge: false }],
      people: [
        {
          subject: 'technologist-valley',
          name: 'Technologist, Valley',
          roles: [{ role: 'TECHNOLOGIST', siteId: valley }],
        },
      ],
    },
  ],
};
