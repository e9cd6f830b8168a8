import type {
  AssignmentRemoved,
  EligibilityRemoved,
  EndReason,
  PrincipalType,
  RoleScheduleEvent,
} from '@pim/contracts';
import { askedFor, operationOf, requested, spanOf } from './activity';
import { failure, silent, type Decisions } from './entry';
import { roleDetails, scheduleTargets } from './targets';

interface Changed {
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string;
  readonly principalId: string;
  readonly scheduleId: string;
}

/** `requestId`: of the request that asked for this change; null when none did. */
const about = (data: Changed, principalType: PrincipalType | null, requestId: string | null) => ({
  targets: scheduleTargets(data, principalType, requestId ?? data.scheduleId),
  details: {
    ...roleDetails(data.roleDefinitionId),
    RequestId: requestId,
    // The schedule's id is that of the request it came from.
    RoleAssignmentRequestId: data.scheduleId,
  },
});

const granted = (data: Changed & { principalType: PrincipalType; start: string; end: string | null }) => {
  const { targets, details } = about(data, data.principalType, data.scheduleId);
  return {
    targets,
    operation: 'Assign' as const,
    details: { ...details, StartTime: data.start, ExpirationTime: data.end },
  };
};

const expired = (data: Changed & { at: string }, principalType: PrincipalType | null) => {
  const { targets, details } = about(data, principalType, null);
  return { targets, operation: 'Unassign' as const, details: { ...details, ExpirationTime: data.at } };
};

const removed = (data: (AssignmentRemoved | EligibilityRemoved)['data']) => {
  const { targets, details } = about(data, null, data.requestId);
  return { targets, operation: 'Unassign' as const, by: data.by, details: { ...details, EndReason: data.reason } };
};

const cancellation = silent('RequestCanceled has the record of the cancellation');
const started = silent('nothing was decided: the record of the grant has the start');
const bar = silent('a step of switching the account on or off, which has the record');

type Removal = Exclude<EndReason, 'canceled'>;

/** What ended because of something else was ended by the service (reference §7.3); only activations end with their eligibility. */
const assignmentRemovals: Readonly<Record<Removal, string>> = {
  'admin-removed': 'Remove member from role in PIM completed (permanent)',
  'eligibility-ended': 'Remove member from role in PIM completed (timebound)',
  'principal-disabled': 'Remove permanent direct role assignment',
};

const eligibilityRemovals: Readonly<Record<Removal, string>> = {
  'admin-removed': 'Remove eligible member from role in PIM completed (permanent)',
  'eligibility-ended': 'Remove permanent eligible role assignment',
  'principal-disabled': 'Remove permanent eligible role assignment',
};

/** What the guard streams say for the trail. */
export const roleScheduleEntries: Decisions<RoleScheduleEvent> = {
  EligibilityGranted: (data) => ({
    ...granted(data),
    by: data.by,
    activity: `Add eligible member to role in PIM completed (${spanOf(data.end)})`,
  }),
  EligibilityStarted: started,
  EligibilityRemoved: (data) =>
    data.reason === 'canceled' ? cancellation() : { ...removed(data), activity: eligibilityRemovals[data.reason] },
  EligibilityExpired: (data) => ({ ...expired(data, null), activity: 'Remove permanent eligible role assignment' }),
  AssignmentGranted: (data) => ({
    ...granted(data),
    by: data.by,
    activity:
      data.assignmentType === 'Activated'
        ? 'Add member to role completed (PIM activation)'
        : `Add member to role in PIM completed (${spanOf(data.end)})`,
  }),
  AssignmentStarted: started,
  AssignmentRemoved: (data) =>
    data.reason === 'canceled' ? cancellation() : { ...removed(data), activity: assignmentRemovals[data.reason] },
  AssignmentDeactivated: (data) => ({
    ...about(data, 'user', data.requestId),
    by: data.by,
    operation: 'Unassign',
    activity: 'Remove member from role completed (PIM deactivate)',
  }),
  AssignmentExpired: (data) =>
    data.assignmentType === 'Activated'
      ? { ...expired(data, 'user'), activity: 'Remove member from role (PIM activation expired)' }
      : { ...expired(data, null), activity: 'Remove permanent direct role assignment' },
  // The same name as for what was refused before it came to the guard: one name finds every refused request.
  ScheduleChangeRefused: (data) => ({
    targets: scheduleTargets(data, askedFor(data), data.requestId),
    details: { ...roleDetails(data.roleDefinitionId), RequestId: data.requestId },
    by: data.by,
    operation: operationOf(data),
    activity: requested(data, 'permanent'),
    ...failure(data),
  }),
  PrincipalBarred: bar,
  PrincipalBarLifted: bar,
};
