export {
  currentStage,
  isSettled,
  openedOf,
  type ApprovalState,
  type OpenedState,
  type RefusalReason,
} from './approval';
export type { Basis, Decide } from './approval.answer';
export type { Narrowing } from './narrowed';
export {
  approval,
  type ApprovalCommand,
  type CheckApprovers,
  type EscalateApproval,
  type LapseApproval,
  type OpenApproval,
  type RemindApprovers,
  type WithdrawApproval,
} from './approval.decide';
export { emergencyReviewView, type EmergencyReview } from './emergency-review';
export {
  emergencyReview,
  reviewRefusal,
  type CloseEmergencyReview,
  type EmergencyReviewCommand,
  type OpenEmergencyReview,
} from './emergency-review.decide';
export { agreedSoFar, isAssignedTo, refusalFor, refused, type Voter } from './approval-refusal';
export { stepsOf, type ApprovalStep } from './approval-step';
export { timesOf } from './stage';
export { delegation, type Delegations } from './delegation';
