import type { Pool } from 'pg';
import { z } from 'zod';
import { inTransaction } from '../database/tenant.js';
import { role } from './viewer.js';

/** What `npm run capacity -- worklist` found to bound the longest wait at little cost to pneumonias. */
const usualWaitingLimitMinutes = 240;
/** A month. */
const mostWaitingMinutes = 43_200;

/** Organizations, sites, people and their roles, as given to `provision`. */
export const directory = z.object({
  organizations: z.array(
    z.object({
      id: z.guid(),
      name: z.string().min(1),
      sites: z.array(
        z.object({
          id: z.guid(),
          name: z.string().min(1),
          refusesOutOfRangeAge: z.boolean().default(false),
          /** Decides which day it is when an age is counted. */
          timeZone: z.string().refine(isTimeZone, 'is no IANA time zone, as Europe/Berlin').default('UTC'),
          /** A study that waited longer goes above all others of its priority; null means as long as it takes. */
          waitingLimitMinutes: z
            .int()
            .positive()
            .max(mostWaitingMinutes)
            .nullable()
            .default(usualWaitingLimitMinutes),
        }),
      ),
      people: z.array(
        z.object({
          subject: z.string().min(1),
          name: z.string().min(1),
          roles: z.array(z.object({ role, siteId: z.guid().nullable() })),
        }),
      ),
    }),
  ),
});
export type Directory = z.infer<typeof directory>;

/**
 * Brings organizations, sites and people to what the directory says; safe to repeat. People are known by the
 * issuer and subject of their tokens. Roles are replaced whole; nobody and nothing else is removed.
 */
export async function provision(ownerPool: Pool, issuer: string, content: Directory): Promise<void> {
  await inTransaction(ownerPool, async (client) => {
    for (const organization of content.organizations) {
      await client.query(
        'INSERT INTO organization (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = excluded.name',
        [organization.id, organization.name],
      );
      for (const site of organization.sites) {
        await client.query(
          `INSERT INTO site (id, organization_id, name, refuses_out_of_range_age, time_zone, waiting_limit_minutes)
           VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (id) DO UPDATE SET name = excluded.name, time_zone = excluded.time_zone,
             refuses_out_of_range_age = excluded.refuses_out_of_range_age,
             waiting_limit_minutes = excluded.waiting_limit_minutes`,
          [
            site.id,
            organization.id,
            site.name,
            site.refusesOutOfRangeAge,
            site.timeZone,
            site.waitingLimitMinutes,
          ],
        );
      }
      for (const person of organization.people) {
        const known = await client.query<{ id: string }>(
          `INSERT INTO person (id, organization_id, issuer, subject, name)
           VALUES (gen_random_uuid(), $1, $2, $3, $4)
           ON CONFLICT (issuer, subject) DO UPDATE SET name = excluded.name RETURNING id`,
          [organization.id, issuer, person.subject, person.name],
        );
        const personId = known.rows[0]?.id;
        await client.query('DELETE FROM membership WHERE organization_id = $1 AND person_id = $2', [
          organization.id,
          personId,
        ]);
        for (const { role, siteId } of person.roles) {
          await client.query(
            'INSERT INTO membership (organization_id, person_id, site_id, role) VALUES ($1, $2, $3, $4)',
            [organization.id, personId, siteId, role],
          );
        }
      }
    }
  });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
