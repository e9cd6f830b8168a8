import type { RoleScheduleEvent } from '@pim/contracts';
import type { DomainCommand } from '@pim/kernel';
import { keeperRefusal } from './last-administrator';
import { removals } from './role-schedule-endings';
import { refused } from './role-schedule.carry-out.decide';
import { adminAssign } from './role-schedule.grant.decide';
import { heldAt } from './role-schedule-answers';
import type { RoleScheduleState } from './role-schedule';
import { isLive, type Schedule } from './schedule';
import { notAssigned, type Judged } from './schedule-order';

/** Assigns a role for good outside PIM; the order is one of `adminAssign` without an end (reference §1.2). */
export type AssignStanding = DomainCommand<'AssignStanding', Judged>;

/**
 * Ends the active assignment that the order names, however it came about, or, when it names none, all that its
 * principal holds now; the order is one of `adminRemove`.
 */
export type RemoveStanding = DomainCommand<'RemoveStanding', Judged>;

/** As an administrator's assignment by a request, but that no settings of the role were asked. */
export const assignStanding = (judged: Judged, state: RoleScheduleState): readonly RoleScheduleEvent[] => {
  if (state.handled.has(judged.order.requestId)) return [];
  const outcome = adminAssign(judged, state);
  if ('code' in outcome) return [refused(judged, outcome)];
  return outcome.map((event) =>
    event.type === 'AssignmentGranted' ? { ...event, data: { ...event.data, origin: 'directory' as const } } : event,
  );
};

const leaving = ({ order, facts }: Judged, state: RoleScheduleState): readonly Schedule[] => {
  if (order.targetScheduleId === null) return heldAt(state, order.principalId, facts.now);
  const named = state.assignments.get(order.targetScheduleId);
  return named && isLive(named, facts.now) ? [named] : [];
};

/** Without the five-minute floor: that one is PIM's. The last administrator stays here too. */
export const removeStanding = (judged: Judged, state: RoleScheduleState): readonly RoleScheduleEvent[] => {
  const { order, facts } = judged;
  if (state.handled.has(order.requestId)) return [];
  const ended = leaving(judged, state);
  const refusal = ended.length === 0 ? notAssigned : keeperRefusal(state, ended, facts);
  if (refusal) return [refused(judged, refusal)];
  const ending = { reason: 'directory-removed', requestId: order.requestId, by: order.actor, at: facts.now } as const;
  return removals(state, ended, ending);
};
