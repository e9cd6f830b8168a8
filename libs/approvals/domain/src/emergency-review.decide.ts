import type { Actor, EmergencyReviewAbout, EmergencyReviewEvent, EmergencyVerdict, Instant } from '@pim/contracts';
import { Rejection, type Decider, type DomainCommand } from '@pim/kernel';
import { emergencyReviewView, type EmergencyReview } from './emergency-review';

/** Somebody activated in an emergency: somebody else is to look at it. */
export type OpenEmergencyReview = DomainCommand<
  'OpenEmergencyReview',
  { about: EmergencyReviewAbout; justification: string | null; requestedAt: Instant; now: Instant }
>;

/** What an administrator makes of it. */
export type CloseEmergencyReview = DomainCommand<
  'CloseEmergencyReview',
  { verdict: EmergencyVerdict; comment: string; by: Actor; isAdministrator: boolean; now: Instant }
>;

export type EmergencyReviewCommand = OpenEmergencyReview | CloseEmergencyReview;

type Refusal = Extract<EmergencyReviewEvent, { type: 'EmergencyReviewRefused' }>['data']['reason'];

/** Why somebody may not close a review; null when they may. Nobody reviews what they did themself. */
export const reviewRefusal = (
  { principalId }: EmergencyReviewAbout,
  { by, isAdministrator }: Pick<CloseEmergencyReview['data'], 'by' | 'isAdministrator'>,
): Refusal | null => {
  if (by.id === principalId) return 'self-review';
  return isAdministrator ? null : 'not-an-administrator';
};

const close = ({ data }: CloseEmergencyReview, review: EmergencyReview): readonly EmergencyReviewEvent[] => {
  if (review.status === 'absent')
    throw new Rejection('not-found', 'ResourceNotFound', 'There is no emergency access review with this id.');
  if (review.status === 'closed') throw new Rejection('conflict', 'Conflict', 'The review is closed already.');
  const { verdict, comment, by, now: at } = data;
  const reason = reviewRefusal(review.about, data);
  if (reason === null) return [{ type: 'EmergencyReviewClosed', data: { ...review.about, verdict, comment, by, at } }];
  if (review.refused.includes(by.id)) return [];
  return [{ type: 'EmergencyReviewRefused', data: { ...review.about, verdict, reason, by, at } }];
};

const open = ({ data }: OpenEmergencyReview, review: EmergencyReview): readonly EmergencyReviewEvent[] => {
  if (review.status !== 'absent') return [];
  const { about, justification, requestedAt, now: at } = data;
  return [{ type: 'EmergencyReviewOpened', data: { ...about, justification, requestedAt, at } }];
};

/**
 * Stream `emergencyReview-<requestId>`. Opening it again is silence. The attempt of somebody who may not close it is on
 * record, once. Throws `ResourceNotFound` for a review that is not there, `Conflict` for one that is closed.
 */
export const emergencyReview: Decider<EmergencyReview, EmergencyReviewCommand, EmergencyReviewEvent> = {
  ...emergencyReviewView,
  decide: (command, review) =>
    command.type === 'OpenEmergencyReview' ? open(command, review) : close(command, review),
};
