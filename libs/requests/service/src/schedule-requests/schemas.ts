import type { EntitySchema, PropertySchema } from '@pim/odata';
import { aboutRole, property, scheduleInfoSchema } from '@pim/platform';
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

const identity: PropertySchema = { type: 'complex', of: { displayName: text, id: text } };

/** Properties and navigations of both kinds of request (reference Appendix A: request, unifiedRole…ScheduleRequest). */
const requestSchema = (name: string, navigations: NonNullable<EntitySchema['navigations']>): EntitySchema => ({
  name,
  properties: {
    id: text,
    status,
    createdDateTime: instant,
    completedDateTime: instant,
    approvalId: text,
    customData: text,
    action,
    principalId: text,
    roleDefinitionId: text,
    directoryScopeId: text,
    appScopeId: text,
    isValidationOnly: flag,
    targetScheduleId: text,
    justification: text,
    createdBy: { type: 'complex', of: { application: identity, device: identity, user: identity } },
    scheduleInfo: scheduleInfoSchema,
    ticketInfo: { type: 'complex', of: { ticketNumber: text, ticketSystem: text } },
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
