/** The 17 rules of a role's settings, by their fixed ids (reference §3.1). */
export type PolicyRule = ExpirationRule | EnablementRule | ApprovalRule | AuthenticationContextRule | NotificationRule;

export interface ExpirationRule {
  readonly type: 'expiration';
  readonly id: string;
  readonly isExpirationRequired: boolean;
  /** ISO 8601 duration. */
  readonly maximumDuration: string;
}

export type Enablement = 'MultiFactorAuthentication' | 'Justification' | 'Ticketing';

export interface EnablementRule {
  readonly type: 'enablement';
  readonly id: string;
  readonly enabledRules: readonly Enablement[];
}

/** One approver or a group of them; ids only. */
export interface SubjectSet {
  readonly type: 'singleUser' | 'groupMembers';
  readonly id: string;
  readonly description: string | null;
}

export interface ApprovalStage {
  readonly approvalStageTimeOutInDays: number;
  readonly isApproverJustificationRequired: boolean;
  readonly escalationTimeInMinutes: number;
  readonly isEscalationEnabled: boolean;
  readonly primaryApprovers: readonly SubjectSet[];
  readonly escalationApprovers: readonly SubjectSet[];
}

export interface ApprovalRule {
  readonly type: 'approval';
  readonly id: string;
  readonly isApprovalRequired: boolean;
  readonly isApprovalRequiredForExtension: boolean;
  readonly isRequestorJustificationRequired: boolean;
  readonly approvalMode: 'SingleStage' | 'NoApproval';
  readonly approvalStages: readonly ApprovalStage[];
}

export interface AuthenticationContextRule {
  readonly type: 'authenticationContext';
  readonly id: string;
  readonly isEnabled: boolean;
  /** `c1` … `c99`, or null when off. */
  readonly claimValue: string | null;
}

export interface NotificationRule {
  readonly type: 'notification';
  readonly id: string;
  readonly notificationType: 'Email';
  readonly recipientType: 'Requestor' | 'Approver' | 'Admin';
  readonly notificationLevel: 'None' | 'Critical' | 'All';
  readonly isDefaultRecipientsEnabled: boolean;
  readonly notificationRecipients: readonly string[];
}
