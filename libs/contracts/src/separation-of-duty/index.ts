import type { DomainEvent } from '@pim/kernel';
import { contract, type StreamContract } from '../contract';
import type { Actor, Instant } from '../vocabulary';

/** Two directory roles that nobody may have together, at whatever scopes. */
interface About {
  readonly pairId: string;
  /** Two different ones; their order means nothing. */
  readonly roleDefinitionIds: readonly string[];
}

/**
 * Recorded when two roles are to be apart from now on: nobody becomes eligible for or active in both at the same time.
 * Not recorded while somebody has both, nor for a pair that is declared already.
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
 * Recorded when two roles need not be apart any more. `violated`: somebody got both in the moment of the declaration, so
 * that it did not come about. Not recorded for a pair that is not there.
 */
export type SeparationOfDutyWithdrawn = DomainEvent<
  'SeparationOfDutyWithdrawn',
  About & { cause: 'asked' | 'violated'; by: Actor; at: Instant }
>;

/**
 * Recorded when two roles could not be declared to be apart because somebody has both. Not recorded for what is no pair
 * of roles, for a pair too many, nor for a caller who may not declare any.
 */
export type SeparationOfDutyRefused = DomainEvent<
  'SeparationOfDutyRefused',
  About & { code: string; message: string; by: Actor; at: Instant }
>;

export type SeparationOfDutyEvent = SeparationOfDutyDeclared | SeparationOfDutyWithdrawn | SeparationOfDutyRefused;

/** All pairs of the tenant share one stream, so that its revision guards the list. */
export const separationOfDutyId = 'tenant';

/** Stream `separationOfDuty-tenant`: which roles nobody may have together. */
export const separationOfDutyStream: StreamContract<SeparationOfDutyEvent['type']> = {
  category: 'separationOfDuty',
  context: 'assignments',
  events: [
    contract('SeparationOfDutyDeclared'),
    contract('SeparationOfDutyWithdrawn'),
    contract('SeparationOfDutyRefused'),
  ],
};
