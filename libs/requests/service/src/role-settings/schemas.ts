import type { EntitySchema, PropertySchema } from '@pim/odata';
import { property } from '@pim/platform';

const { text, flag, instant } = property;
/** Looked up when somebody reads it, so nothing can be found by it. */
const unstored: PropertySchema = { type: 'string', filterable: false };
const optional = { type: 'string', optional: true } as const;
const scopeType: PropertySchema = {
  type: 'string',
  enum: ['DirectoryRole', 'Group'],
  aliases: { Directory: 'DirectoryRole' },
};

/** Every property that some type of rule has; a rule prints those it has (reference §3). */
export const ruleSchema: EntitySchema = {
  name: 'unifiedRoleManagementPolicyRule',
  derived: {
    unifiedRoleManagementPolicyApprovalRule: ['setting'],
    unifiedRoleManagementPolicyAuthenticationContextRule: ['isEnabled', 'claimValue'],
    unifiedRoleManagementPolicyEnablementRule: ['enabledRules'],
    unifiedRoleManagementPolicyExpirationRule: ['isExpirationRequired', 'maximumDuration'],
    unifiedRoleManagementPolicyNotificationRule: [
      'notificationType',
      'recipientType',
      'notificationLevel',
      'isDefaultRecipientsEnabled',
      'notificationRecipients',
    ],
  },
  properties: {
    id: text,
    isExpirationRequired: { type: 'boolean', optional: true },
    maximumDuration: { type: 'duration', optional: true },
    enabledRules: { type: 'collection', optional: true },
    isEnabled: { type: 'boolean', optional: true },
    claimValue: optional,
    notificationType: optional,
    recipientType: optional,
    notificationLevel: optional,
    isDefaultRecipientsEnabled: { type: 'boolean', optional: true },
    notificationRecipients: { type: 'collection', optional: true },
    setting: { type: 'complex', typeName: 'approvalSettings', optional: true, filterable: false },
    target: {
      type: 'complex',
      typeName: 'unifiedRoleManagementPolicyRuleTarget',
      of: {
        caller: text,
        operations: { type: 'collection' },
        level: text,
        inheritableSettings: { type: 'collection' },
        enforcedSettings: { type: 'collection' },
      },
    },
  },
};

export const policySchema: EntitySchema = {
  name: 'unifiedRoleManagementPolicy',
  properties: {
    id: text,
    displayName: text,
    description: text,
    isOrganizationDefault: flag,
    scopeId: text,
    scopeType,
    lastModifiedDateTime: instant,
    lastModifiedBy: { type: 'complex', typeName: 'identity', of: { displayName: unstored, id: text } },
    minimumHolders: { type: 'int' },
    customExtension: {
      type: 'complex',
      typeName: 'customExtension',
      of: { endpoint: text, timeoutSeconds: { type: 'int' }, isEnabled: flag },
    },
    emergencyAccess: { type: 'complex', typeName: 'emergencyAccess', of: { people: { type: 'collection' } } },
  },
  navigations: {
    rules: { to: () => ruleSchema, many: true, contained: true },
    effectiveRules: { to: () => ruleSchema, many: true, contained: true },
  },
};

export const policyAssignmentSchema: EntitySchema = {
  name: 'unifiedRoleManagementPolicyAssignment',
  properties: {
    id: { type: 'string', field: 'assignmentId' },
    policyId: text,
    roleDefinitionId: text,
    scopeId: text,
    scopeType,
  },
  navigations: {
    // A policy and its assignment are one document.
    policy: {
      to: () => policySchema,
      fields: { id: 'policyId', scopeId: 'scopeId', scopeType: 'scopeType', displayName: 'displayName' },
    },
  },
};
