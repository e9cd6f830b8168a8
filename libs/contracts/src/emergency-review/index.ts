import type { DomainEvent } from '@pim/kernel';
import { contract, type StreamContract } from '../contract';
import type { Actor, Instant, ScheduleOrder } from '../vocabulary';

/** Who activated what in an emergency: on every event of the stream, so that each can be read by itself. */
export interface EmergencyReviewAbout extends Pick<
  ScheduleOrder,
  'principalId' | 'roleDefinitionId' | 'directoryScopeId'
> {
  /** The request's id. */
  readonly reviewId: string;
}

/** What a reviewer makes of it. */
export type EmergencyVerdict = 'justified' | 'unjustified';

/**
 * Recorded when somebody activated in an emergency, once for each such request, also for one that the guard of the role
 * then refused. Not recorded for an attempt of somebody who is not named for it: that is RequestRefused.
 */
export type EmergencyReviewOpened = DomainEvent<
  'EmergencyReviewOpened',
  EmergencyReviewAbout & { justification: string | null; requestedAt: Instant; at: Instant }
>;

/** Recorded when an administrator other than the person said what they make of it. Not recorded a second time. */
export type EmergencyReviewClosed = DomainEvent<
  'EmergencyReviewClosed',
  EmergencyReviewAbout & { verdict: EmergencyVerdict; comment: string; by: Actor; at: Instant }
>;

/**
 * Recorded when somebody who may not close a review tried to: the person themself, or no administrator.
 * Not recorded again when the same person tries again.
 */
export type EmergencyReviewRefused = DomainEvent<
  'EmergencyReviewRefused',
  EmergencyReviewAbout & {
    verdict: EmergencyVerdict;
    reason: 'self-review' | 'not-an-administrator';
    by: Actor;
    at: Instant;
  }
>;

export type EmergencyReviewEvent = EmergencyReviewOpened | EmergencyReviewClosed | EmergencyReviewRefused;

/** Stream `emergencyReview-<requestId>`. */
export const emergencyReviewStream: StreamContract<EmergencyReviewEvent['type']> = {
  category: 'emergencyReview',
  context: 'approvals',
  events: [contract('EmergencyReviewOpened'), contract('EmergencyReviewClosed'), contract('EmergencyReviewRefused')],
};
