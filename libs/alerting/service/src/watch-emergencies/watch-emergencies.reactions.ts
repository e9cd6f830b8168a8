import { emergencyReviewStream, requestStream, type EmergencyReviewEvent, type RequestEvent } from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { ReportEmergencyCommand } from './report-emergency.handler';

/** Every emergency is an alert. */
export const watchEmergencies: Reaction<RequestEvent, ReportEmergencyCommand> = {
  name: 'watch-emergencies',
  source: requestStream,
  react: (event, context) => {
    if (event.type !== 'RequestSubmitted' || !event.data.isEmergency) return [];
    const { requestId, roleDefinitionId, principalId, at: now } = event.data;
    const data = { requestId, roleDefinitionId, principalId, now };
    return [new ReportEmergencyCommand({ type: 'ReportEmergency', data }, context)];
  },
};

/** Once it is reviewed, nobody has to look at it any more. */
export const watchReviews: Reaction<EmergencyReviewEvent, ReportEmergencyCommand> = {
  name: 'watch-emergency-reviews',
  source: emergencyReviewStream,
  react: (event, context) => {
    if (event.type !== 'EmergencyReviewClosed') return [];
    const { reviewId: requestId, roleDefinitionId, principalId, at: now } = event.data;
    const data = { requestId, roleDefinitionId, principalId, now };
    return [new ReportEmergencyCommand({ type: 'ReportReview', data }, context)];
  },
};
