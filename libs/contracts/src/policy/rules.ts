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

/** A user or a group of them; ids only. */
export interface Approver {
  readonly type: 'singleUser' | 'groupMembers';
  readonly id: string;
  readonly description: string | null;
}

/** Whoever is the manager of the one who asks, when they ask. */
export interface RequestorManager {
  readonly type: 'requestorManager';
  /** 1: the manager; 2: the manager's manager, and so on. */
  readonly managerLevel: number;
  readonly description: string | null;
}

/** Whom role settings name as approvers. */
export type SubjectSet = Approver | RequestorManager;

export interface ApprovalStage {
  readonly approvalStageTimeOutInDays: number;
  readonly isApproverJustificationRequired: boolean;
  readonly escalationTimeInMinutes: number;
  readonly isEscalationEnabled: boolean;
  readonly primaryApprovers: readonly SubjectSet[];
  readonly escalationApprovers: readonly SubjectSet[];
  /** OpenPIM's own: how many of them must say yes. */
  readonly requiredApprovals: number;
  /** OpenPIM's own: after how long silent approvers are reminded, and again each time; 0: never. */
  readonly reminderTimeInMinutes: number;
}

export interface ApprovalRule {
  readonly type: 'approval';
  readonly id: string;
  readonly isApprovalRequired: boolean;
  readonly isApprovalRequiredForExtension: boolean;
  readonly isRequestorJustificationRequired: boolean;
  readonly approvalMode: 'SingleStage' | 'Serial' | 'NoApproval';
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
