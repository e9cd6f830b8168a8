import type { EntitySchema } from '../index';

export const roleDefinition: EntitySchema = {
  name: 'unifiedRoleDefinition',
  properties: {
    id: { type: 'string' },
    displayName: { type: 'string', anyCase: true },
    isBuiltIn: { type: 'boolean' },
    resourceScopes: { type: 'collection' },
  },
};

export const principal: EntitySchema = {
  name: 'directoryObject',
  properties: {
    id: { type: 'string' },
    displayName: { type: 'string', anyCase: true },
    userPrincipalName: { type: 'string', anyCase: true, optional: true },
  },
};

const scheduleInfo = {
  startDateTime: { type: 'dateTime' },
  recurrence: { type: 'complex', filterable: false, of: { pattern: { type: 'string' } } },
  expiration: {
    type: 'complex',
    of: {
      type: { type: 'string', enum: ['noExpiration', 'afterDateTime', 'afterDuration'] },
      endDateTime: { type: 'dateTime' },
      duration: { type: 'duration' },
    },
  },
} as const;

/** A schema with one property of every kind. */
export const request: EntitySchema = {
  name: 'unifiedRoleAssignmentScheduleRequest',
  properties: {
    id: { type: 'string' },
    status: { type: 'string', enum: ['Provisioned', 'PendingApproval', 'Granted'] },
    createdDateTime: { type: 'dateTime' },
    action: { type: 'string', enum: ['adminAssign', 'selfActivate'], aliases: { activate: 'selfActivate' } },
    principalId: { type: 'string' },
    roleDefinitionId: { type: 'string' },
    directoryScopeId: { type: 'string' },
    scopeName: { type: 'string', anyCase: true, field: 'stored.scope' },
    isValidationOnly: { type: 'boolean' },
    version: { type: 'int' },
    customData: { type: 'string', filterable: false },
    scheduleInfo: { type: 'complex', of: scheduleInfo },
    tags: { type: 'collection' },
    targetResources: {
      type: 'collection',
      of: {
        id: { type: 'string' },
        displayName: { type: 'string' },
        rank: { type: 'int' },
        labels: { type: 'collection' },
      },
    },
  },
  navigations: {
    roleDefinition: { to: () => roleDefinition, fields: { id: 'roleDefinitionId' }, collection: 'roles' },
    principal: { to: () => principal, fields: { id: 'principalId' } },
    activatedUsing: { to: () => request },
  },
};

export const rule: EntitySchema = {
  name: 'unifiedRoleManagementPolicyRule',
  properties: {
    id: { type: 'string' },
    isExpirationRequired: { type: 'boolean', optional: true },
    target: { type: 'complex', of: { caller: { type: 'string' }, level: { type: 'string' } } },
  },
};

export const policy: EntitySchema = {
  name: 'unifiedRoleManagementPolicy',
  properties: { id: { type: 'string' }, scopeId: { type: 'string' }, displayName: { type: 'string' } },
  navigations: {
    rules: { to: () => rule, many: true, contained: true },
    effectiveRules: { to: () => rule, many: true },
  },
};

export const policyAssignment: EntitySchema = {
  name: 'unifiedRoleManagementPolicyAssignment',
  properties: {
    id: { type: 'string' },
    policyId: { type: 'string' },
    scopeId: { type: 'string' },
    scopeType: { type: 'string', enum: ['DirectoryRole', 'Group'], aliases: { Directory: 'DirectoryRole' } },
    roleDefinitionId: { type: 'string' },
  },
  navigations: { policy: { to: () => policy } },
};
