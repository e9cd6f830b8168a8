import type { ApprovalStage, Enablement, NotificationRule, PolicyRule } from '@pim/contracts';

/** The fixed ids of a role's 17 rules, in the order lists answer them (reference §3.1). */
export const ruleIds = {
  expirationAdminEligibility: 'Expiration_Admin_Eligibility',
  enablementAdminEligibility: 'Enablement_Admin_Eligibility',
  notificationAdminAdminEligibility: 'Notification_Admin_Admin_Eligibility',
  notificationRequestorAdminEligibility: 'Notification_Requestor_Admin_Eligibility',
  notificationApproverAdminEligibility: 'Notification_Approver_Admin_Eligibility',
  expirationAdminAssignment: 'Expiration_Admin_Assignment',
  enablementAdminAssignment: 'Enablement_Admin_Assignment',
  notificationAdminAdminAssignment: 'Notification_Admin_Admin_Assignment',
  notificationRequestorAdminAssignment: 'Notification_Requestor_Admin_Assignment',
  notificationApproverAdminAssignment: 'Notification_Approver_Admin_Assignment',
  expirationEndUserAssignment: 'Expiration_EndUser_Assignment',
  enablementEndUserAssignment: 'Enablement_EndUser_Assignment',
  approvalEndUserAssignment: 'Approval_EndUser_Assignment',
  authenticationContextEndUserAssignment: 'AuthenticationContext_EndUser_Assignment',
  notificationAdminEndUserAssignment: 'Notification_Admin_EndUser_Assignment',
  notificationRequestorEndUserAssignment: 'Notification_Requestor_EndUser_Assignment',
  notificationApproverEndUserAssignment: 'Notification_Approver_EndUser_Assignment',
} as const;

export type RuleId = (typeof ruleIds)[keyof typeof ruleIds];

/** Whom a rule is about, which its id says (reference §3.1). */
export interface RuleTarget {
  readonly caller: 'Admin' | 'EndUser';
  readonly level: 'Eligibility' | 'Assignment';
}

/** The target of one of the 17 rules. */
export const targetOf = (ruleId: string): RuleTarget => ({
  caller: ruleId.includes('_EndUser_') ? 'EndUser' : 'Admin',
  level: ruleId.endsWith('_Eligibility') ? 'Eligibility' : 'Assignment',
});

/** The stage an approval rule has until somebody changes it (reference §3.4). */
export const defaultStage: ApprovalStage = {
  approvalStageTimeOutInDays: 1,
  isApproverJustificationRequired: true,
  escalationTimeInMinutes: 0,
  isEscalationEnabled: false,
  primaryApprovers: [],
  escalationApprovers: [],
  requiredApprovals: 1,
  reminderTimeInMinutes: 0,
};

const expiration = (id: RuleId, isExpirationRequired: boolean, maximumDuration: string): PolicyRule => ({
  type: 'expiration',
  id,
  isExpirationRequired,
  maximumDuration,
});

const enablement = (id: RuleId, ...enabledRules: Enablement[]): PolicyRule => ({
  type: 'enablement',
  id,
  enabledRules,
});

const notification = (id: RuleId, recipientType: NotificationRule['recipientType']): PolicyRule => ({
  type: 'notification',
  id,
  notificationType: 'Email',
  recipientType,
  notificationLevel: 'All',
  isDefaultRecipientsEnabled: true,
  notificationRecipients: [],
});

/** What Microsoft gives a group: the same rules, but a standing assignment ends (reference §3.1). */
export const defaultGroupRules = (): readonly PolicyRule[] =>
  defaultRules().map((rule) =>
    rule.id === ruleIds.expirationAdminAssignment ? expiration(rule.id, true, 'P180D') : rule,
  );

/** What Microsoft gives a new role: 17 rules, in documented order (reference §3.1). */
export const defaultRules = (): readonly PolicyRule[] => [
  expiration(ruleIds.expirationAdminEligibility, false, 'P365D'),
  enablement(ruleIds.enablementAdminEligibility),
  notification(ruleIds.notificationAdminAdminEligibility, 'Admin'),
  notification(ruleIds.notificationRequestorAdminEligibility, 'Requestor'),
  notification(ruleIds.notificationApproverAdminEligibility, 'Approver'),
  expiration(ruleIds.expirationAdminAssignment, false, 'P180D'),
  enablement(ruleIds.enablementAdminAssignment, 'Justification'),
  notification(ruleIds.notificationAdminAdminAssignment, 'Admin'),
  notification(ruleIds.notificationRequestorAdminAssignment, 'Requestor'),
  notification(ruleIds.notificationApproverAdminAssignment, 'Approver'),
  expiration(ruleIds.expirationEndUserAssignment, true, 'PT8H'),
  enablement(ruleIds.enablementEndUserAssignment, 'MultiFactorAuthentication', 'Justification'),
  {
    type: 'approval',
    id: ruleIds.approvalEndUserAssignment,
    isApprovalRequired: false,
    isApprovalRequiredForExtension: false,
    isRequestorJustificationRequired: true,
    approvalMode: 'SingleStage',
    approvalStages: [defaultStage],
  },
  {
    type: 'authenticationContext',
    id: ruleIds.authenticationContextEndUserAssignment,
    isEnabled: false,
    claimValue: null,
  },
  notification(ruleIds.notificationAdminEndUserAssignment, 'Admin'),
  notification(ruleIds.notificationRequestorEndUserAssignment, 'Requestor'),
  notification(ruleIds.notificationApproverEndUserAssignment, 'Approver'),
];
