import type { AssignmentGranted, Instant, RoleScheduleEvent } from '@pim/contracts';
import { eligibilityFor, expiredOf, schedulesOf } from './role-schedule-answers';
import { separationRefusal } from './clash';
import type { RoleScheduleState } from './role-schedule';
import { inEffect, isLive, type Eligibility, type Schedule, type Window } from './schedule';
import {
  alreadyAssigned,
  invalidRequest,
  invalidSchedule,
  notAssigned,
  unknownSubject,
  type Judged,
  type Outcome,
  type Refusal,
} from './schedule-order';
import { cappedAt, effectiveWindow, windowRefusal } from './schedule-window';

/** Why nothing new may be granted to this principal in this role at all. */
export const grantRefusal = ({ order, facts }: Judged, state: RoleScheduleState): Refusal | null => {
  if (!facts.isPrincipalKnown) return unknownSubject;
  if (!facts.roleEnabled) return invalidRequest('the role is disabled or unknown. Name an enabled role.');
  if (!facts.principalEnabled || state.barred.has(order.principalId))
    return invalidRequest('the account of the principal is disabled. Enable it first.');
  return null;
};

/** What kinds of principal may be given what (reference §4.14). */
const typeRefusal = ({ order, facts }: Judged): Refusal | null => {
  if (facts.principalType === 'group' && !facts.isAssignableToRole && facts.isOfGroup)
    return invalidRequest(
      'a group can be eligible in another one, or a member, but not own it; a role-assignable group takes only role-assignable groups, and those as eligible.',
    );
  if (facts.principalType === 'group' && !facts.isAssignableToRole)
    return invalidRequest('the group cannot hold roles. Name a group whose isAssignableToRole is true.');
  if (facts.principalType === 'servicePrincipal' && order.kind === 'eligibility')
    return invalidRequest('a service principal cannot activate, so it cannot be eligible. Make its assignment active.');
  return null;
};

const grantedData = ({ order, facts }: Judged, { start, end }: Window) => ({
  roleDefinitionId: order.roleDefinitionId,
  directoryScopeId: order.directoryScopeId,
  principalId: order.principalId,
  scheduleId: order.requestId,
  principalType: facts.principalType,
  start,
  end,
  by: order.actor,
  at: facts.now,
});

/** Where the eligibility is and whose, if that is not where the role will be held. */
const eligibleAt = ({ order }: Judged, eligibility: Eligibility | null): AssignmentGranted['data']['eligibleAt'] => {
  if (!eligibility || eligibility.role.directoryScopeId === order.directoryScopeId) return null;
  return { directoryScopeId: eligibility.role.directoryScopeId, principalId: eligibility.principalId };
};

const assignmentGranted = (
  judged: Judged,
  window: Window,
  eligibility: Eligibility | null,
): readonly RoleScheduleEvent[] => {
  const origin: Pick<
    AssignmentGranted['data'],
    'assignmentType' | 'eligibilityId' | 'eligibleAt' | 'memberType' | 'origin'
  > = {
    origin: 'request',
    assignmentType: eligibility ? 'Activated' : 'Assigned',
    eligibilityId: eligibility?.scheduleId ?? null,
    eligibleAt: eligibleAt(judged, eligibility),
    memberType: eligibility && eligibility.principalId !== judged.order.principalId ? 'Group' : 'Direct',
  };
  return [{ type: 'AssignmentGranted', data: { ...grantedData(judged, window), ...origin } }];
};

/** An eligibility, or a standing assignment. An activation is neither, so it stands in the way of neither (§4.7). */
const isSameState = (schedule: Schedule, { order }: Judged): boolean =>
  schedule.kind === order.kind && (schedule.kind === 'eligibility' || schedule.assignmentType === 'Assigned');

const isHeld = (judged: Judged, state: RoleScheduleState): boolean =>
  schedulesOf(state, judged.order.principalId)
    .filter((schedule) => isLive(schedule, judged.facts.now))
    .some((schedule) => isSameState(schedule, judged));

/** The directory's own members and owners need no assignment; they may be eligible beside it. */
const isHeldOutside = ({ order, facts }: Judged): boolean => order.kind === 'assignment' && facts.isHeldOutside;

/** Makes a principal eligible, or assigns the role; running or still to come, each only once (reference §4.7). */
export const adminAssign = (judged: Judged, state: RoleScheduleState): Outcome => {
  const { order, facts } = judged;
  const refusal = grantRefusal(judged, state) ?? typeRefusal(judged);
  if (refusal) return refusal;
  if (isHeld(judged, state) || isHeldOutside(judged)) return alreadyAssigned;
  const window = effectiveWindow(order, facts.now);
  const outside = windowRefusal(window) ?? separationRefusal(facts.clashes, window);
  if (outside) return outside;
  return order.kind === 'assignment'
    ? assignmentGranted(judged, window, null)
    : [{ type: 'EligibilityGranted', data: grantedData(judged, window) }];
};

/** How long after its end somebody may ask to have back what they had (reference §4.10). */
const renewalWindowMs = 30 * 24 * 60 * 60_000;

/**
 * Brings back what an administrator had given and time has ended, as a new grant. What somebody took away is not brought
 * back. Whoever asks for it themself may do so for 30 days; an administrator at any time (reference §4.10).
 */
export const renew = (judged: Judged, state: RoleScheduleState): Outcome => {
  const { order, facts } = judged;
  if (isHeld(judged, state)) return alreadyAssigned;
  const expired = expiredOf(state, order.kind, order.principalId, facts.now);
  if (!expired || (order.targetScheduleId !== null && order.targetScheduleId !== expired.scheduleId))
    return notAssigned;
  if (order.action === 'selfRenew' && Date.parse(facts.now) - Date.parse(expired.end) > renewalWindowMs)
    return invalidRequest('a renewal can be asked for until 30 days after the end. Ask an administrator to assign it.');
  return adminAssign(judged, state);
};

/** Active now however it came about, or an activation still to come (reference §4.7). */
const standsInTheWay = (schedule: Schedule, { facts }: Judged): boolean =>
  schedule.kind === 'assignment' &&
  (schedule.assignmentType === 'Activated' ? isLive(schedule, facts.now) : inEffect(schedule, facts.now));

/** It outlasts neither the eligibility nor the membership that the eligibility comes by. */
const activationWindow = (window: Window, eligibility: Eligibility, { facts }: Judged): Window | Refusal => {
  if (window.end === null) return invalidSchedule('an activation is never permanent. Give it an end or a duration.');
  const membershipEnd = facts.membershipEnds[eligibility.principalId] ?? null;
  const capped = cappedAt(cappedAt(window, eligibility.end), membershipEnd);
  return windowRefusal(capped) ?? separationRefusal(facts.clashes, capped) ?? capped;
};

const activatorRefusal = (judged: Judged, state: RoleScheduleState): Refusal | null =>
  grantRefusal(judged, state) ??
  (judged.facts.principalType === 'user' ? null : invalidRequest('only a user can activate a role.'));

/**
 * Turns an eligibility in effect at the effective start, which `find` answers, into the role itself. The end is moved
 * forward to the eligibility's, which an activation never outlasts, and to `until`. Checks in the order of §4.5.
 */
export const activate = (
  judged: Judged,
  state: RoleScheduleState,
  find: (start: Instant) => Eligibility | null,
  until: Instant | null = null,
): Outcome => {
  const { order, facts } = judged;
  const refusal = activatorRefusal(judged, state);
  if (refusal) return refusal;
  const asked = effectiveWindow(order, facts.now);
  const eligibility = find(asked.start);
  if (!eligibility || !inEffect(eligibility, asked.start)) return notAssigned;
  const isInTheWay = schedulesOf(state, order.principalId).some((schedule) => standsInTheWay(schedule, judged));
  if (isInTheWay || facts.isHeldOutside) return alreadyAssigned;
  const window = activationWindow(cappedAt(asked, until), eligibility, judged);
  return 'code' in window ? window : assignmentGranted(judged, window, eligibility);
};

/** From the user's own eligibility, or one of their groups'. */
export const selfActivate = (judged: Judged, state: RoleScheduleState): Outcome => {
  const { order, facts } = judged;
  return activate(judged, state, (start) => eligibilityFor(state, [order.principalId, ...facts.groupIds], start));
};
