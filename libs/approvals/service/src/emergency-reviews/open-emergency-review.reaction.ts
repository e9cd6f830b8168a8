import { requestStream, type RequestEvent } from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { OpenEmergencyReviewCommand } from './open-emergency-review.handler';

/** Whatever was activated in an emergency, somebody else looks at. */
export const openEmergencyReview: Reaction<RequestEvent, OpenEmergencyReviewCommand> = {
  name: 'open-emergency-review',
  source: requestStream,
  react: (event, context) => {
    if (event.type !== 'RequestSubmitted' || !event.data.isEmergency) return [];
    const { requestId: reviewId, principalId, roleDefinitionId, directoryScopeId, justification, at } = event.data;
    const about = { reviewId, principalId, roleDefinitionId, directoryScopeId };
    return [new OpenEmergencyReviewCommand({ about, justification, requestedAt: at }, context)];
  },
};
