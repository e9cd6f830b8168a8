import { aboutRole, property, scheduleInfoSchema } from '@pim/platform';
import type { EntitySchema } from '@pim/odata';

const { text, instant } = property;

/** `unifiedRoleScheduleBase` (reference Appendix A). */
const schedule = {
  id: text,
  principalId: text,
  roleDefinitionId: text,
  directoryScopeId: text,
  appScopeId: text,
  createdUsing: text,
  createdDateTime: instant,
  modifiedDateTime: instant,
  status: text,
  scheduleInfo: scheduleInfoSchema,
} as const;

/** The schedules that `targetSchedule` and `activatedUsing` of a request lead to. */
export const assignmentScheduleSchema: EntitySchema = {
  name: 'unifiedRoleAssignmentSchedule',
  properties: { ...schedule, assignmentType: text, memberType: text },
  navigations: aboutRole,
};

export const eligibilityScheduleSchema: EntitySchema = {
  name: 'unifiedRoleEligibilitySchedule',
  properties: { ...schedule, memberType: text },
  navigations: aboutRole,
};
