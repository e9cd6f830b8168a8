import { approval, delegation, emergencyReview, type ApprovalState, type EmergencyReview } from '@pim/approvals/domain';
import {
  approvalStream,
  delegationStream,
  emergencyReviewStream,
  type ApprovalEvent,
  type EmergencyReviewEvent,
} from '@pim/contracts';
import type { StreamView } from '@pim/engine';

/** What this context owns. */
export const approvalAggregate = { stream: approvalStream, decider: approval };
export const approvals: StreamView<ApprovalState, ApprovalEvent> = { stream: approvalStream, view: approval };
export const delegationAggregate = { stream: delegationStream, decider: delegation };

export const emergencyReviewAggregate = { stream: emergencyReviewStream, decider: emergencyReview };
export const emergencyReviews: StreamView<EmergencyReview, EmergencyReviewEvent> = {
  stream: emergencyReviewStream,
  view: emergencyReview,
};
