import { aboutRole, property, scheduleInfoSchema } from '@pim/platform';
import type { EntitySchema, PropertySchema } from '@pim/odata';

const { text, instant } = property;
const memberType: PropertySchema = { type: 'string', enum: ['Direct', 'Group', 'Inherited'] };
const assignmentType: PropertySchema = { type: 'string', enum: ['Assigned', 'Activated'] };
const status: PropertySchema = { type: 'string', enum: ['Provisioned', 'Granted', 'PendingProvisioning', 'Revoked'] };
const about = { principalId: text, roleDefinitionId: text, directoryScopeId: text, appScopeId: text } as const;

/** `unifiedRoleScheduleBase` (reference Appendix A). */
const schedule = { ...about, createdUsing: text, createdDateTime: instant, modifiedDateTime: instant, status } as const;

export const eligibilityScheduleSchema: EntitySchema = {
  name: 'unifiedRoleEligibilitySchedule',
  properties: { id: text, ...schedule, memberType, scheduleInfo: scheduleInfoSchema },
  navigations: aboutRole,
};

export const assignmentScheduleSchema: EntitySchema = {
  name: 'unifiedRoleAssignmentSchedule',
  properties: { id: text, ...schedule, assignmentType, memberType, scheduleInfo: scheduleInfoSchema },
  navigations: {
    ...aboutRole,
    activatedUsing: { to: () => eligibilityScheduleSchema, fields: { id: 'eligibilityId' } },
  },
};

/** The documents' own id is the schedule's; an instance answers with its own. */
const instance = {
  id: { type: 'string', field: 'instanceId' },
  ...about,
  startDateTime: instant,
  endDateTime: instant,
} as const;

export const eligibilityInstanceSchema: EntitySchema = {
  name: 'unifiedRoleEligibilityScheduleInstance',
  properties: { ...instance, memberType, roleEligibilityScheduleId: { type: 'string', field: 'id' } },
  navigations: aboutRole,
};

export const assignmentInstanceSchema: EntitySchema = {
  name: 'unifiedRoleAssignmentScheduleInstance',
  properties: {
    ...instance,
    assignmentType,
    memberType,
    roleAssignmentOriginId: { type: 'string', field: 'instanceId' },
    roleAssignmentScheduleId: { type: 'string', field: 'id' },
  },
  navigations: { ...aboutRole, activatedUsing: { to: () => eligibilityInstanceSchema } },
};

export const roleAssignmentSchema: EntitySchema = {
  name: 'unifiedRoleAssignment',
  properties: { id: { type: 'string', field: 'instanceId' }, ...about, condition: text, principalOrganizationId: text },
  navigations: aboutRole,
};
