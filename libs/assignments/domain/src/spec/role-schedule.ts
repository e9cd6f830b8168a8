import type {
  Actor,
  AssignmentGranted,
  EligibilityGranted,
  EndReason,
  Instant,
  RoleScheduleEvent,
  ScheduleAction,
  ScheduleOrder,
} from '@pim/contracts';
import { specFor } from '@pim/kernel/spec';
import type { CarryOutOrder } from '../role-schedule.carry-out.decide';
import { roleSchedule } from '../role-schedule.decide';
import type { OrderFacts } from '../schedule-order';

export const { given } = specFor(roleSchedule);

export const paul: Actor = { id: 'paul', kind: 'user' };
export const role = { roleDefinitionId: 'role', directoryScopeId: '/' };

/** Minutes after 12:00 of the day these tests play on. */
export const at = (minutes: number): string => new Date(Date.UTC(2026, 2, 1, 12) + minutes * 60_000).toISOString();
export const minutes = (count: number): number => count * 60_000;

export const order = (action: ScheduleAction, requestId: string, rest: Partial<ScheduleOrder> = {}): ScheduleOrder => ({
  ...role,
  requestId,
  action,
  kind: 'assignment',
  principalId: 'erin',
  startDateTime: null,
  durationMs: null,
  endDateTime: null,
  targetScheduleId: null,
  actor: paul,
  ...rest,
});

/** Of a user whom nothing stands in the way of. */
export const facts: OrderFacts = {
  now: at(0),
  principalType: 'user',
  principalEnabled: true,
  groupIds: [],
  isProtected: false,
  roleEnabled: true,
  isAssignableToRole: false,
  membershipEnds: {},
  isHeldOutside: false,
  mustKeepOne: false,
  isOfGroup: false,
  clashes: [],
  isPrincipalKnown: true,
};

export const carryOut = (asked: ScheduleOrder, rest: Partial<OrderFacts> = {}): CarryOutOrder => ({
  type: 'CarryOutOrder',
  data: { order: asked, facts: { ...facts, ...rest } },
});

export const eligible = (
  scheduleId: string,
  rest: Partial<EligibilityGranted['data']> = {},
): Extract<RoleScheduleEvent, { type: 'EligibilityGranted' }> => ({
  type: 'EligibilityGranted',
  data: {
    ...role,
    principalId: 'erin',
    scheduleId,
    principalType: 'user',
    start: at(0),
    end: null,
    by: paul,
    at: at(0),
    ...rest,
  },
});

export const assigned = (
  scheduleId: string,
  rest: Partial<AssignmentGranted['data']> = {},
): Extract<RoleScheduleEvent, { type: 'AssignmentGranted' }> => ({
  type: 'AssignmentGranted',
  data: {
    ...eligible(scheduleId).data,
    assignmentType: 'Assigned',
    origin: 'request',
    eligibilityId: null,
    eligibleAt: null,
    memberType: 'Direct',
    ...rest,
  },
});

/** Erin's activation from an eligibility, an hour long unless said otherwise. */
export const activated = (scheduleId: string, eligibilityId: string, rest: Partial<AssignmentGranted['data']> = {}) =>
  assigned(scheduleId, { assignmentType: 'Activated', eligibilityId, end: at(60), ...rest });

type Granted = Extract<RoleScheduleEvent, { type: 'EligibilityGranted' | 'AssignmentGranted' }>;

interface Removal {
  readonly reason: EndReason;
  readonly requestId: string | null;
  readonly at: Instant;
}

/** What was granted, taken away by Paul: the event says by itself whose and what it was. */
export const removed = ({ type, data }: Granted, removal: Removal): RoleScheduleEvent => {
  const { roleDefinitionId, directoryScopeId, principalId, principalType, scheduleId, end } = data;
  const about = {
    roleDefinitionId,
    directoryScopeId,
    principalId,
    principalType,
    scheduleId,
    end,
    by: paul,
    ...removal,
  };
  return type === 'EligibilityGranted'
    ? { type: 'EligibilityRemoved', data: about }
    : { type: 'AssignmentRemoved', data: { ...about, assignmentType: data.assignmentType } };
};

/** An activation, given back. */
export const givenBack = (
  { data }: Extract<RoleScheduleEvent, { type: 'AssignmentGranted' }>,
  back: { readonly requestId: string; readonly by: Actor; readonly at: Instant },
): RoleScheduleEvent => {
  const { roleDefinitionId, directoryScopeId, principalId, scheduleId, end } = data;
  return {
    type: 'AssignmentDeactivated',
    data: { roleDefinitionId, directoryScopeId, principalId, scheduleId, end, ...back },
  };
};

export const refused = (asked: ScheduleOrder, code: string, message: string, when = at(0)): RoleScheduleEvent => ({
  type: 'ScheduleChangeRefused',
  data: {
    ...role,
    principalId: asked.principalId,
    requestId: asked.requestId,
    kind: asked.kind,
    action: asked.action,
    code,
    message,
    by: asked.actor,
    at: when,
  },
});

export const texts = {
  exists: 'The Role assignment already exists.',
  absent: 'The Role assignment does not exist.',
  short: 'The Active duration is too short. Miniumum Required is 5 minutes.',
  last:
    'The last permanent active assignment of this role cannot be removed: the tenant must keep a Global Administrator ' +
    'and a Privileged Role Administrator at all times. Assign the role permanently to another user first.',
};
