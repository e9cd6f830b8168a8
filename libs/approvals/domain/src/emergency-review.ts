import type { EmergencyReviewAbout, EmergencyReviewEvent } from '@pim/contracts';
import type { View } from '@pim/kernel';

/** Whether somebody has looked at what was activated in an emergency. */
export type EmergencyReview =
  | { readonly status: 'absent' }
  | { readonly status: 'open'; readonly about: EmergencyReviewAbout; readonly refused: readonly string[] }
  | { readonly status: 'closed'; readonly about: EmergencyReviewAbout; readonly by: string };

const aboutOf = (data: EmergencyReviewAbout): EmergencyReviewAbout => ({
  reviewId: data.reviewId,
  principalId: data.principalId,
  roleDefinitionId: data.roleDefinitionId,
  directoryScopeId: data.directoryScopeId,
});

const evolve = (review: EmergencyReview, { type, data }: EmergencyReviewEvent): EmergencyReview => {
  if (type === 'EmergencyReviewOpened')
    return review.status === 'absent' ? { status: 'open', about: aboutOf(data), refused: [] } : review;
  if (review.status !== 'open') return review;
  return type === 'EmergencyReviewClosed'
    ? { status: 'closed', about: review.about, by: data.by.id }
    : { ...review, refused: [...review.refused, data.by.id] };
};

/** What an `emergencyReview` stream means. */
export const emergencyReviewView: View<EmergencyReview, EmergencyReviewEvent> = {
  initial: { status: 'absent' },
  evolve,
};
