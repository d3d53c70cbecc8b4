/** Who does something: a person, or the part of the coordinator that does it for nobody in particular. */
export type Actor = { personId: string } | { coordinator: 'dispatcher' | 'recorder' };

/** On whose behalf something is done in an organization; what is done is written down with it. */
export interface Author {
  organizationId: string;
  actor: Actor;
}
