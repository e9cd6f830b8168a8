import type {
  EndReason,
  Actor,
  AssignmentGranted,
  AssignmentRemoved,
  EligibilityRemoved,
  PrincipalType,
  RoleScheduleEvent,
} from '@pim/contracts';
import { askedFor, operationOf, requested, spanOf } from './activity';
import { failure, silent, type Decisions, type Entry } from './entry';
import { roleDetails, scheduleTargets } from './targets';

interface Changed {
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string;
  readonly principalId: string;
  readonly scheduleId: string;
  readonly principalType: PrincipalType;
}

/** `requestId`: of the request that asked for this change; null when none did. */
const about = (data: Changed, requestId: string | null) => ({
  targets: scheduleTargets(data, data.principalType, requestId ?? data.scheduleId),
  details: {
    ...roleDetails(data.roleDefinitionId),
    RequestId: requestId,
    // The schedule's id is that of the request it came from.
    RoleAssignmentRequestId: data.scheduleId,
  },
});

const granted = (data: Changed & { start: string; end: string | null }) => {
  const { targets, details } = about(data, data.scheduleId);
  return {
    targets,
    operation: 'Assign' as const,
    details: { ...details, StartTime: data.start, ExpirationTime: data.end },
  };
};

/** `ReplacedRoleAssignmentRequestId`: the schedule goes on under the request's id. */
const rescheduled = (data: Changed & { start: string; end: string | null; replaces: string; by: Actor }): Entry => {
  const { targets, details } = about(data, data.scheduleId);
  return {
    targets,
    operation: 'Update',
    by: data.by,
    activity: 'Process role update request',
    details: {
      ...details,
      ReplacedRoleAssignmentRequestId: data.replaces,
      StartTime: data.start,
      ExpirationTime: data.end,
    },
  };
};

const expired = (data: Changed & { at: string }) => {
  const { targets, details } = about(data, null);
  return { targets, operation: 'Unassign' as const, details: { ...details, ExpirationTime: data.at } };
};

/** `ExpirationTime`: when it would have ended by itself. */
const removed = (data: (AssignmentRemoved | EligibilityRemoved)['data']) => {
  const { targets, details } = about(data, data.requestId);
  return {
    targets,
    operation: 'Unassign' as const,
    by: data.by,
    details: { ...details, ExpirationTime: data.end, EndReason: data.reason },
  };
};

const cancellation = silent('RequestCanceled has the record of the cancellation');
const started = silent('nothing was decided: the record of the grant has the start');
const bar = silent('a step of switching the account on or off, which has the record');

/**
 * What the service ends, by expiry or because the account is off or gone, has names of its own (reference §7.3). Their
 * "permanent" is Microsoft's word for a standing assignment, with or without an end: never for an activation.
 */
const endedByService = {
  eligible: 'Remove permanent eligible role assignment',
  assigned: 'Remove permanent direct role assignment',
} as const;

const byService: ReadonlySet<EndReason> = new Set([
  'principal-disabled',
  'principal-deleted',
  'scope-deleted',
  'role-deleted',
  'separation-of-duty',
]);

/** An activation that somebody else ends was neither given back nor expired: it is an active assignment removed. */
const assignmentRemoval = ({ assignmentType, reason, end }: AssignmentRemoved['data']): string =>
  assignmentType === 'Assigned' && byService.has(reason)
    ? endedByService.assigned
    : `Remove member from role in PIM completed (${spanOf(end)})`;

const eligibilityRemoval = ({ reason, end }: EligibilityRemoved['data']): string =>
  byService.has(reason)
    ? endedByService.eligible
    : `Remove eligible member from role in PIM completed (${spanOf(end)})`;

const assignment = ({ assignmentType, origin, end }: AssignmentGranted['data']): string => {
  if (origin === 'directory') return 'Add member to role outside of PIM (permanent)';
  return assignmentType === 'Activated'
    ? 'Add member to role completed (PIM activation)'
    : `Add member to role in PIM completed (${spanOf(end)})`;
};

/** What the guard streams say for the trail. */
export const roleScheduleEntries: Decisions<RoleScheduleEvent> = {
  EligibilityGranted: (data) => ({
    ...granted(data),
    by: data.by,
    activity: `Add eligible member to role in PIM completed (${spanOf(data.end)})`,
  }),
  EligibilityRescheduled: rescheduled,
  EligibilityStarted: started,
  EligibilityRemoved: (data) =>
    data.reason === 'canceled' ? cancellation() : { ...removed(data), activity: eligibilityRemoval(data) },
  EligibilityExpired: (data) => ({ ...expired(data), activity: endedByService.eligible }),
  ActivationNarrowed: silent('the approver who narrowed it has a record, and the grant, or why it was refused'),
  AssignmentGranted: (data) => ({ ...granted(data), by: data.by, activity: assignment(data) }),
  AssignmentRescheduled: rescheduled,
  AssignmentShortened: (data) => {
    const { targets, details } = about(data, null);
    return {
      targets,
      operation: 'Update',
      by: data.by,
      activity: 'Process role update request',
      details: { ...details, ExpirationTime: data.end },
    };
  },
  ExpiryReminderDue: silent('nothing was decided: somebody is reminded of an end that is on record'),
  AssignmentStarted: started,
  AssignmentRemoved: (data) =>
    data.reason === 'canceled' ? cancellation() : { ...removed(data), activity: assignmentRemoval(data) },
  AssignmentDeactivated: (data) => {
    // Only users activate, so only users give back.
    const { targets, details } = about({ ...data, principalType: 'user' }, data.requestId);
    return {
      targets,
      by: data.by,
      operation: 'Unassign',
      activity: 'Remove member from role completed (PIM deactivate)',
      details: { ...details, ExpirationTime: data.end },
    };
  },
  AssignmentExpired: (data) => ({
    ...expired(data),
    activity:
      data.assignmentType === 'Activated'
        ? 'Remove member from role (PIM activation expired)'
        : endedByService.assigned,
  }),
  // The same name as for what was refused before it came to the guard: one name finds every refused request.
  ScheduleChangeRefused: (data) => ({
    targets: scheduleTargets(data, askedFor(data), data.requestId),
    details: { ...roleDetails(data.roleDefinitionId), RequestId: data.requestId },
    by: data.by,
    operation: operationOf(data),
    activity: requested(data, 'permanent'),
    ...failure(data),
  }),
  MinimumHoldersSet: silent('MinimumHoldersChanged has the record of the settings'),
  PrincipalBarred: bar,
  PrincipalBarLifted: bar,
};
