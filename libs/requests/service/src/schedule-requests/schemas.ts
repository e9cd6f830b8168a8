import type { EntitySchema, PropertySchema } from '@pim/odata';
import {
  aboutGroup,
  aboutRole,
  groupAssignmentScheduleSchema,
  groupEligibilityScheduleSchema,
  property,
  scheduleInfoSchema,
} from '@pim/platform';
import { assignmentScheduleSchema, eligibilityScheduleSchema } from './schedule-schemas';

const { text, flag, instant } = property;

const status: PropertySchema = {
  type: 'string',
  enum: [
    'PendingScheduleCreation',
    'ScheduleCreated',
    'PendingProvisioning',
    'Provisioned',
    'Granted',
    'PendingApproval',
    'PendingAdminDecision',
    'Denied',
    'Canceled',
    'Revoked',
    'Failed',
  ],
};

const action: PropertySchema = {
  type: 'string',
  typeName: 'unifiedRoleScheduleRequestActions',
  enum: [
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
};

const identity: PropertySchema = { type: 'complex', typeName: 'identity', of: { displayName: text, id: text } };

/** What every request has (reference Appendix A: request). */
const request = {
  id: text,
  status,
  createdDateTime: instant,
  completedDateTime: instant,
  approvalId: text,
  customData: text,
  createdBy: {
    type: 'complex',
    typeName: 'identitySet',
    of: { application: identity, device: identity, user: identity },
  },
  action,
  isValidationOnly: flag,
  justification: text,
  scheduleInfo: scheduleInfoSchema,
  ticketInfo: { type: 'complex', typeName: 'ticketInfo', of: { ticketNumber: text, ticketSystem: text } },
  // OpenPIM's own, of activations alone: others do not show them.
  isEmergency: { type: 'boolean', optional: true },
  customExtensionAnswer: {
    type: 'complex',
    typeName: 'customExtensionAnswer',
    optional: true,
    of: {
      outcome: { type: 'string', enum: ['approved', 'autoApproved', 'denied', 'unanswered'] },
      reason: text,
      answeredDateTime: instant,
    },
  },
} as const satisfies EntitySchema['properties'];

/** Properties and navigations of both kinds of request (reference Appendix A: request, unifiedRole…ScheduleRequest). */
const requestSchema = (name: string, navigations: NonNullable<EntitySchema['navigations']>): EntitySchema => ({
  name,
  properties: {
    ...request,
    principalId: text,
    roleDefinitionId: text,
    directoryScopeId: text,
    appScopeId: text,
    targetScheduleId: text,
  },
  navigations: { ...aboutRole, ...navigations },
});

const targetIn = (schedule: EntitySchema) => ({ to: () => schedule, fields: { id: 'targetScheduleId' } });

export const assignmentRequestSchema = requestSchema('unifiedRoleAssignmentScheduleRequest', {
  targetSchedule: targetIn(assignmentScheduleSchema),
  activatedUsing: { to: () => eligibilityScheduleSchema },
});

export const eligibilityRequestSchema = requestSchema('unifiedRoleEligibilityScheduleRequest', {
  targetSchedule: targetIn(eligibilityScheduleSchema),
});

const groupTarget = (schedule: EntitySchema) => ({
  targetSchedule: { to: () => schedule, fields: { id: 'groupTargetScheduleId' } },
});

/** The same of PIM for Groups (reference Appendix A: privilegedAccessGroup…ScheduleRequest). */
const groupRequestSchema = (name: string, navigations: NonNullable<EntitySchema['navigations']>): EntitySchema => ({
  name,
  properties: {
    ...request,
    action: { ...action, typeName: 'scheduleRequestActions' },
    accessId: { type: 'string', typeName: 'privilegedAccessGroupRelationships', enum: ['owner', 'member'] },
    groupId: text,
    principalId: text,
    targetScheduleId: { type: 'string', field: 'groupTargetScheduleId' },
  },
  navigations: { ...aboutGroup, ...navigations },
});

export const groupAssignmentRequestSchema = groupRequestSchema('privilegedAccessGroupAssignmentScheduleRequest', {
  ...groupTarget(groupAssignmentScheduleSchema),
  activatedUsing: { to: () => groupEligibilityScheduleSchema },
});

export const groupEligibilityRequestSchema = groupRequestSchema(
  'privilegedAccessGroupEligibilityScheduleRequest',
  groupTarget(groupEligibilityScheduleSchema),
);
