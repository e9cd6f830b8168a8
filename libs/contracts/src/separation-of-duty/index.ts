import type { DomainEvent } from '@pim/kernel';
import { contract, type StreamContract } from '../contract';
import type { Actor, Instant } from '../vocabulary';

/** Two directory roles that nobody may have together, at whatever scopes. */
interface About {
  readonly pairId: string;
  /** Two different ones; their order means nothing. */
  readonly roleDefinitionIds: readonly [string, string];
}

/**
 * Recorded when two roles are to be apart: from now on nobody becomes eligible for or active in both at the same time.
 * Confirmed or withdrawn next, when those who were given one of them meanwhile were looked at. Not recorded while somebody
 * has both, nor for a pair that is declared already.
 */
export type SeparationOfDutyDeclared = DomainEvent<
  'SeparationOfDutyDeclared',
  About & {
    /** Why, in the words of whoever declared it. */
    reason: string;
    by: Actor;
    at: Instant;
  }
>;

/**
 * Recorded when nobody has both roles after the declaration: it stands until somebody withdraws it.
 * Not recorded when somebody got both in that moment: that is SeparationOfDutyWithdrawn.
 */
export type SeparationOfDutyConfirmed = DomainEvent<'SeparationOfDutyConfirmed', About & { by: Actor; at: Instant }>;

/**
 * Recorded when two roles need not be apart any more. `violated`: somebody got both in the moment of the declaration, so
 * that it did not come about; `role-deleted`: one of the roles is gone. Not recorded for a pair that is not there.
 */
export type SeparationOfDutyWithdrawn = DomainEvent<
  'SeparationOfDutyWithdrawn',
  About & { cause: 'asked' | 'violated' | 'role-deleted'; by: Actor; at: Instant }
>;

/**
 * Recorded when two roles could not be declared to be apart because somebody has both. Not recorded for what is no pair
 * of roles, for a pair too many, nor for a caller who may not declare any.
 */
export type SeparationOfDutyRefused = DomainEvent<
  'SeparationOfDutyRefused',
  About & { code: string; message: string; by: Actor; at: Instant }
>;

export type SeparationOfDutyEvent =
  SeparationOfDutyDeclared | SeparationOfDutyConfirmed | SeparationOfDutyWithdrawn | SeparationOfDutyRefused;

/** All pairs of the tenant share one stream, so that its revision guards the list. */
export const separationOfDutyId = 'tenant';

/** Stream `separationOfDuty-tenant`: which roles nobody may have together. */
export const separationOfDutyStream: StreamContract<SeparationOfDutyEvent['type']> = {
  category: 'separationOfDuty',
  context: 'assignments',
  events: [
    contract('SeparationOfDutyDeclared'),
    contract('SeparationOfDutyConfirmed'),
    contract('SeparationOfDutyWithdrawn'),
    contract('SeparationOfDutyRefused'),
  ],
};
