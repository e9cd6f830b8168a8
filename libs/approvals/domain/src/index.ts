export { isSettled, openedOf, type ApprovalState, type OpenedState, type RefusalReason } from './approval';
export {
  approval,
  type ApprovalCommand,
  type Decide,
  type LapseApproval,
  type OpenApproval,
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
export { isAssignedTo, refusalFor, refused } from './approval-refusal';
export { stepOf, type ApprovalStep } from './approval-step';
