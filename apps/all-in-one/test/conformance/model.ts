/**
 * What Graph's schema says of the types that are served (reference Appendix A): the type it derives from, and its own
 * properties with their types; `!` is never null. `entity` has an `id`.
 */
export type TypeTable = Readonly<Record<string, readonly [base: string, properties: string]>>;

export const types: TypeTable = {
  entity: ['', 'id: String!'],
  unifiedRoleDefinition: [
    'entity',
    'description: String; displayName: String; isBuiltIn: Boolean; isEnabled: Boolean; resourceScopes: Collection(String)!; rolePermissions: Collection(unifiedRolePermission)!; templateId: String; version: String',
  ],
  // `excludedResourceActions` is in the schema, and in none of the documented answers.
  unifiedRolePermission: ['', 'allowedResourceActions: Collection(String)!; condition: String'],
  unifiedRbacResourceNamespace: ['entity', 'name: String!'],
  unifiedRbacResourceAction: [
    'entity',
    'actionVerb: String; description: String; isPrivileged: Boolean; name: String!; resourceScopeId: String',
  ],
  unifiedRoleAssignment: [
    'entity',
    'appScopeId: String; condition: String; directoryScopeId: String; principalId: String; principalOrganizationId: String; roleDefinitionId: String',
  ],
  request: [
    'entity',
    'approvalId: String; completedDateTime: DateTimeOffset; createdBy: identitySet; createdDateTime: DateTimeOffset; customData: String; status: String!',
  ],
  unifiedRoleAssignmentScheduleRequest: [
    'request',
    'action: unifiedRoleScheduleRequestActions; appScopeId: String; directoryScopeId: String; isValidationOnly: Boolean; justification: String; principalId: String; roleDefinitionId: String; scheduleInfo: requestSchedule; targetScheduleId: String; ticketInfo: ticketInfo',
  ],
  unifiedRoleEligibilityScheduleRequest: [
    'request',
    'action: unifiedRoleScheduleRequestActions; appScopeId: String; directoryScopeId: String; isValidationOnly: Boolean; justification: String; principalId: String; roleDefinitionId: String; scheduleInfo: requestSchedule; targetScheduleId: String; ticketInfo: ticketInfo',
  ],
  unifiedRoleScheduleBase: [
    'entity',
    'appScopeId: String; createdDateTime: DateTimeOffset; createdUsing: String; directoryScopeId: String; modifiedDateTime: DateTimeOffset; principalId: String; roleDefinitionId: String; status: String',
  ],
  unifiedRoleAssignmentSchedule: [
    'unifiedRoleScheduleBase',
    'assignmentType: String; memberType: String; scheduleInfo: requestSchedule',
  ],
  unifiedRoleEligibilitySchedule: ['unifiedRoleScheduleBase', 'memberType: String; scheduleInfo: requestSchedule'],
  unifiedRoleScheduleInstanceBase: [
    'entity',
    'appScopeId: String; directoryScopeId: String; principalId: String; roleDefinitionId: String',
  ],
  unifiedRoleAssignmentScheduleInstance: [
    'unifiedRoleScheduleInstanceBase',
    'assignmentType: String; endDateTime: DateTimeOffset; memberType: String; roleAssignmentOriginId: String; roleAssignmentScheduleId: String; startDateTime: DateTimeOffset',
  ],
  unifiedRoleEligibilityScheduleInstance: [
    'unifiedRoleScheduleInstanceBase',
    'endDateTime: DateTimeOffset; memberType: String; roleEligibilityScheduleId: String; startDateTime: DateTimeOffset',
  ],
  requestSchedule: [
    '',
    'expiration: expirationPattern; recurrence: patternedRecurrence; startDateTime: DateTimeOffset',
  ],
  expirationPattern: ['', 'duration: Duration; endDateTime: DateTimeOffset; type: expirationPatternType'],
  ticketInfo: ['', 'ticketNumber: String; ticketSystem: String'],
  approval: ['entity', ''],
  // From requiredApprovals on, OpenPIM's own.
  approvalStage: [
    'entity',
    'assignedToMe: Boolean; displayName: String; justification: String; reviewedBy: identity; reviewedDateTime: DateTimeOffset; reviewResult: String; status: String; requiredApprovals: Int32; dueDateTime: DateTimeOffset; directoryScopeId: String; requestDigest: String; answers: Collection(approverAnswer)',
  ],
  approverAnswer: [
    '',
    'reviewResult: String; reviewedDateTime: DateTimeOffset; reviewedBy: identity; onBehalfOf: identity; justification: String',
  ],
  // minimumHolders, customExtension and emergencyAccess are OpenPIM's own.
  unifiedRoleManagementPolicy: [
    'entity',
    'description: String!; displayName: String!; isOrganizationDefault: Boolean; lastModifiedBy: identity; lastModifiedDateTime: DateTimeOffset; scopeId: String!; scopeType: String!; minimumHolders: Int32; customExtension: customExtension; emergencyAccess: emergencyAccess',
  ],
  customExtension: ['', 'endpoint: String!; timeoutSeconds: Int32!; isEnabled: Boolean!'],
  emergencyAccess: ['', 'people: Collection(String)!'],
  unifiedRoleManagementPolicyAssignment: [
    'entity',
    'policyId: String!; roleDefinitionId: String; scopeId: String!; scopeType: String!',
  ],
  unifiedRoleManagementPolicyRule: ['entity', 'target: unifiedRoleManagementPolicyRuleTarget'],
  unifiedRoleManagementPolicyRuleTarget: [
    '',
    'caller: String; enforcedSettings: Collection(String); inheritableSettings: Collection(String); level: String; operations: Collection(unifiedRoleManagementPolicyRuleTargetOperations)',
  ],
  unifiedRoleManagementPolicyExpirationRule: [
    'unifiedRoleManagementPolicyRule',
    'isExpirationRequired: Boolean; maximumDuration: Duration',
  ],
  unifiedRoleManagementPolicyEnablementRule: ['unifiedRoleManagementPolicyRule', 'enabledRules: Collection(String)'],
  unifiedRoleManagementPolicyApprovalRule: ['unifiedRoleManagementPolicyRule', 'setting: approvalSettings'],
  unifiedRoleManagementPolicyAuthenticationContextRule: [
    'unifiedRoleManagementPolicyRule',
    'claimValue: String; isEnabled: Boolean',
  ],
  unifiedRoleManagementPolicyNotificationRule: [
    'unifiedRoleManagementPolicyRule',
    'isDefaultRecipientsEnabled: Boolean; notificationLevel: String; notificationRecipients: Collection(String); notificationType: String; recipientType: String',
  ],
  approvalSettings: [
    '',
    'approvalMode: String; approvalStages: Collection(unifiedApprovalStage); isApprovalRequired: Boolean; isApprovalRequiredForExtension: Boolean; isRequestorJustificationRequired: Boolean',
  ],
  // The last two are OpenPIM's own.
  unifiedApprovalStage: [
    '',
    'approvalStageTimeOutInDays: Int32; escalationApprovers: Collection(subjectSet); escalationTimeInMinutes: Int32; isApproverJustificationRequired: Boolean; isEscalationEnabled: Boolean; primaryApprovers: Collection(subjectSet); requiredApprovals: Int32; reminderTimeInMinutes: Int32',
  ],
  subjectSet: ['', ''],
  singleUser: ['subjectSet', 'description: String; userId: String'],
  groupMembers: ['subjectSet', 'description: String; groupId: String'],
  privilegedAccessScheduleRequest: [
    'request',
    'action: scheduleRequestActions; isValidationOnly: Boolean; justification: String; scheduleInfo: requestSchedule; ticketInfo: ticketInfo',
  ],
  privilegedAccessGroupAssignmentScheduleRequest: [
    'privilegedAccessScheduleRequest',
    'accessId: privilegedAccessGroupRelationships; groupId: String; principalId: String; targetScheduleId: String',
  ],
  privilegedAccessGroupEligibilityScheduleRequest: [
    'privilegedAccessScheduleRequest',
    'accessId: privilegedAccessGroupRelationships; groupId: String; principalId: String; targetScheduleId: String',
  ],
  privilegedAccessSchedule: [
    'entity',
    'createdDateTime: DateTimeOffset; createdUsing: String; modifiedDateTime: DateTimeOffset; scheduleInfo: requestSchedule; status: String',
  ],
  privilegedAccessGroupAssignmentSchedule: [
    'privilegedAccessSchedule',
    'accessId: privilegedAccessGroupRelationships; assignmentType: privilegedAccessGroupAssignmentType; groupId: String; memberType: privilegedAccessGroupMemberType; principalId: String',
  ],
  privilegedAccessGroupEligibilitySchedule: [
    'privilegedAccessSchedule',
    'accessId: privilegedAccessGroupRelationships; groupId: String; memberType: privilegedAccessGroupMemberType; principalId: String',
  ],
  privilegedAccessScheduleInstance: ['entity', 'endDateTime: DateTimeOffset; startDateTime: DateTimeOffset'],
  privilegedAccessGroupAssignmentScheduleInstance: [
    'privilegedAccessScheduleInstance',
    'accessId: privilegedAccessGroupRelationships; assignmentScheduleId: String; assignmentType: privilegedAccessGroupAssignmentType; groupId: String; memberType: privilegedAccessGroupMemberType; principalId: String',
  ],
  privilegedAccessGroupEligibilityScheduleInstance: [
    'privilegedAccessScheduleInstance',
    'accessId: privilegedAccessGroupRelationships; eligibilityScheduleId: String; groupId: String; memberType: privilegedAccessGroupMemberType; principalId: String',
  ],
  directoryAudit: [
    'entity',
    'activityDateTime: DateTimeOffset!; activityDisplayName: String!; additionalDetails: Collection(keyValue); category: String!; correlationId: String; initiatedBy: auditActivityInitiator!; loggedByService: String; operationType: String; result: operationResult; resultReason: String; targetResources: Collection(targetResource)',
  ],
  auditActivityInitiator: ['', 'app: appIdentity; user: userIdentity'],
  targetResource: [
    '',
    'displayName: String; groupType: groupType; id: String; modifiedProperties: Collection(modifiedProperty); type: String; userPrincipalName: String',
  ],
  modifiedProperty: ['', 'displayName: String; newValue: String; oldValue: String'],
  keyValue: ['', 'key: String; value: String'],
  // Beside Appendix A: what its types are made of.
  identity: ['', 'displayName: String; id: String'],
  identitySet: ['', 'application: identity; device: identity; user: identity'],
  appIdentity: ['', 'appId: String; displayName: String; servicePrincipalId: String; servicePrincipalName: String'],
  userIdentity: ['identity', 'ipAddress: String; userPrincipalName: String'],
  patternedRecurrence: ['', ''],
};

/** What beta has instead (reference A.2). */
export const betaTypes: TypeTable = {
  unifiedRoleDefinition: [
    'entity',
    'allowedPrincipalTypes: allowedRolePrincipalTypes; description: String; displayName: String; isBuiltIn: Boolean; isEnabled: Boolean; isPrivileged: Boolean; resourceScopes: Collection(String)!; rolePermissions: Collection(unifiedRolePermission)!; templateId: String; version: String',
  ],
  unifiedRoleAssignment: [
    'entity',
    'appScopeId: String; condition: String; directoryScopeId: String; principalId: String; resourceScope: String; roleDefinitionId: String',
  ],
  approval: ['entity', ''],
  // From requiredApprovals on, OpenPIM's own.
  approvalStep: [
    'entity',
    'assignedToMe: Boolean; displayName: String; justification: String; reviewedBy: identity; reviewedDateTime: DateTimeOffset; reviewResult: String; status: String; requiredApprovals: Int32; dueDateTime: DateTimeOffset; directoryScopeId: String; requestDigest: String; answers: Collection(approverAnswer)',
  ],
  singleUser: ['userSet', 'description: String; id: String'],
  groupMembers: ['userSet', 'description: String; id: String'],
  roleManagementAlert: ['entity', ''],
  unifiedRoleManagementAlert: [
    'entity',
    'alertDefinitionId: String; incidentCount: Int32; isActive: Boolean; lastModifiedDateTime: DateTimeOffset; lastScannedDateTime: DateTimeOffset; scopeId: String; scopeType: String',
  ],
};

/** Members of enums, as they are printed. */
export const enums: Readonly<Record<string, readonly string[]>> = {
  unifiedRoleScheduleRequestActions: [
    'adminAssign',
    'adminUpdate',
    'adminRemove',
    'selfActivate',
    'selfDeactivate',
    'adminExtend',
    'adminRenew',
    'selfExtend',
    'selfRenew',
  ],
  scheduleRequestActions: [
    'adminAssign',
    'adminUpdate',
    'adminRemove',
    'selfActivate',
    'selfDeactivate',
    'adminExtend',
    'adminRenew',
    'selfExtend',
    'selfRenew',
  ],
  // Flags, printed together.
  allowedRolePrincipalTypes: ['user,servicePrincipal,group'],
  expirationPatternType: ['notSpecified', 'noExpiration', 'afterDateTime', 'afterDuration'],
  unifiedRoleManagementPolicyRuleTargetOperations: [
    'all',
    'activate',
    'deactivate',
    'assign',
    'update',
    'remove',
    'extend',
    'renew',
  ],
  privilegedAccessGroupRelationships: ['owner', 'member'],
  privilegedAccessGroupAssignmentType: ['assigned', 'activated'],
  privilegedAccessGroupMemberType: ['direct', 'group'],
  operationResult: ['success', 'failure', 'timeout'],
};
