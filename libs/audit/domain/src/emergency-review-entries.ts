import type { EmergencyReviewAbout, EmergencyReviewClosed, EmergencyReviewEvent } from '@pim/contracts';
import type { Decisions } from './entry';
import { roleDetails, scheduleTargets } from './targets';

/** The review's id is the request's. Only users activate. */
const about = (data: EmergencyReviewAbout) => ({
  service: 'OpenPIM' as const,
  targets: scheduleTargets(data, 'user', data.reviewId),
  details: { ...roleDetails(data.roleDefinitionId), RequestId: data.reviewId, RoleAssignmentRequestId: data.reviewId },
});

const closing = (data: EmergencyReviewAbout & Pick<EmergencyReviewClosed['data'], 'verdict' | 'by'>) => {
  const { details, ...rest } = about(data);
  return {
    ...rest,
    details: { ...details, Verdict: data.verdict },
    activity: 'Close emergency access review',
    operation: 'Update' as const,
    by: data.by,
  };
};

/** What became of emergency access says for the trail; Microsoft has no names for it. */
export const emergencyReviewEntries: Decisions<EmergencyReviewEvent> = {
  EmergencyReviewOpened: (data) => ({
    ...about(data),
    activity: 'Open emergency access review',
    operation: 'Add',
    reason: data.justification,
  }),
  EmergencyReviewClosed: (data) => ({ ...closing(data), reason: data.comment }),
  EmergencyReviewRefused: (data) => ({
    ...closing(data),
    result: 'failure',
    reason: `Authorization_RequestDenied: ${data.reason}`,
  }),
};
