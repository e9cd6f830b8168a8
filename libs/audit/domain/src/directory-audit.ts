import type { Instant } from '@pim/contracts';

/** One record of Graph's `directoryAudits`, every documented property present (reference §7.2, Appendix A). */
export interface DirectoryAudit {
  readonly id: string;
  readonly activityDateTime: Instant;
  readonly activityDisplayName: string;
  readonly additionalDetails: readonly KeyValue[];
  readonly category: Category;
  readonly correlationId: string;
  readonly initiatedBy: AuditActivityInitiator;
  readonly loggedByService: Service;
  readonly operationType: Operation;
  readonly result: 'success' | 'failure' | 'timeout';
  /** The justification, or why it failed. */
  readonly resultReason: string | null;
  readonly targetResources: readonly TargetResource[];
}

/** The names Microsoft gives to the services that log; OpenPIM for what Microsoft's have no counterpart of. */
export type Service = 'PIM' | 'Core Directory' | 'OpenPIM';

export type Category =
  'RoleManagement' | 'GroupManagement' | 'UserManagement' | 'ApplicationManagement' | 'AdministrativeUnit';

/** Reference §2.8. */
export type Operation = 'Add' | 'Assign' | 'Update' | 'Unassign' | 'Delete';

/** Exactly one of the two is not null. */
export interface AuditActivityInitiator {
  readonly user: UserIdentity | null;
  readonly app: AppIdentity | null;
}

/** A person, or OpenPIM itself: then the id is `system:<what>` and there is no user principal name. */
export interface UserIdentity {
  readonly id: string;
  readonly displayName: string | null;
  readonly ipAddress: string | null;
  readonly userPrincipalName: string | null;
}

export interface AppIdentity {
  readonly appId: string | null;
  readonly displayName: string | null;
  readonly servicePrincipalId: string;
  readonly servicePrincipalName: string | null;
}

/** `Other` where the event does not say what kind of principal it is; `withNames` fills that in. */
export type TargetType =
  'Role' | 'User' | 'Group' | 'ServicePrincipal' | 'AdministrativeUnit' | 'Request' | 'Directory' | 'Policy' | 'Other';

export interface TargetResource {
  readonly id: string;
  readonly displayName: string | null;
  readonly groupType: string | null;
  readonly modifiedProperties: readonly ModifiedProperty[];
  readonly type: TargetType;
  readonly userPrincipalName: string | null;
}

export interface ModifiedProperty {
  readonly displayName: string;
  readonly newValue: string | null;
  readonly oldValue: string | null;
}

export interface KeyValue {
  readonly key: string;
  readonly value: string;
}
