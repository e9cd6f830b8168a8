import type { Actor, EndReason, Instant, RoleScheduleEvent } from '@pim/contracts';
import { Rejection, type DomainCommand } from '@pim/kernel';
import { keeperRefusal } from './last-administrator';
import { liveSchedulesOf } from './role-schedule-answers';
import { removals } from './role-schedule-endings';
import type { RoleScheduleState } from './role-schedule';
import type { RoleAtScope } from './schedule';

/**
 * Before an account is switched off: reserves in a protected role that it may go. Nothing ends yet, but nothing more is
 * granted to it, and the last-administrator rule no longer counts it.
 */
export type BarPrincipal = DomainCommand<
  'BarPrincipal',
  RoleAtScope & { principalId: string; isProtected: boolean; by: Actor; now: Instant }
>;

/** Their account is on again, or was left on after all. What they held does not come back. */
export type LiftBar = DomainCommand<'LiftBar', RoleAtScope & { principalId: string; by: Actor; now: Instant }>;

/**
 * Ends what somebody held when they were seen to have no right to it any more: their account off, their group left,
 * they or the scope gone. It names the schedules, so that a step that comes late ends nothing that was granted after
 * the account came on again.
 */
export type EndHoldings = DomainCommand<
  'EndHoldings',
  {
    principalId: string;
    scheduleIds: readonly string[];
    /** Whether the last-administrator rule may count what ends: then its holder must be barred. */
    isProtected: boolean;
    reason: EndReason;
    by: Actor;
    now: Instant;
  }
>;

/**
 * Without the five-minute floor: disabling an account cannot wait. Silence when all of it has ended. In a protected role
 * throws `Conflict` for somebody who is not barred: the bar is where the last-administrator rule was asked.
 */
export const endHoldings = (command: EndHoldings['data'], state: RoleScheduleState): readonly RoleScheduleEvent[] => {
  const { principalId, scheduleIds, isProtected, reason, by, now } = command;
  const ending = liveSchedulesOf(state, principalId, now).filter(({ scheduleId }) => scheduleIds.includes(scheduleId));
  if (ending.length === 0) return [];
  if (isProtected && !state.barred.has(principalId))
    throw new Rejection('conflict', 'Conflict', 'The account was switched on again meanwhile. Look at it again.');
  return removals(state, ending, { reason, requestId: null, by, at: now });
};

/**
 * Throws `InvalidRoleAssignmentRequest` for the last administrator; nothing is recorded here then, the principal's own
 * stream records the refusal. Silence for somebody who is barred already.
 */
export const barPrincipal = (
  { roleDefinitionId, directoryScopeId, principalId, isProtected, by, now }: BarPrincipal['data'],
  state: RoleScheduleState,
): readonly RoleScheduleEvent[] => {
  if (state.barred.has(principalId)) return [];
  const refusal = keeperRefusal(state, liveSchedulesOf(state, principalId, now), { now, isProtected });
  if (refusal) throw new Rejection('invalid', refusal.code, refusal.message);
  return [{ type: 'PrincipalBarred', data: { roleDefinitionId, directoryScopeId, principalId, by, at: now } }];
};

/** Silence for somebody who is not barred. */
export const liftBar = (
  { roleDefinitionId, directoryScopeId, principalId, by, now }: LiftBar['data'],
  state: RoleScheduleState,
): readonly RoleScheduleEvent[] =>
  state.barred.has(principalId)
    ? [{ type: 'PrincipalBarLifted', data: { roleDefinitionId, directoryScopeId, principalId, by, at: now } }]
    : [];
