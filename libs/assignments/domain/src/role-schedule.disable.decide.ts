import type { Actor, Instant, RoleScheduleEvent } from '@pim/contracts';
import { Rejection, type DomainCommand } from '@pim/kernel';
import { endsLastAdministrator, lastAdministratorMessage } from './last-administrator';
import { schedulesOf } from './role-schedule-answers';
import { removals } from './role-schedule-endings';
import type { RoleScheduleState } from './role-schedule';
import { isLive, type RoleAtScope, type Schedule } from './schedule';

/** Ends what somebody holds here and lets nothing more be granted to them: before their account is switched off. */
export type BarPrincipal = DomainCommand<
  'BarPrincipal',
  RoleAtScope & { principalId: string; isProtected: boolean; by: Actor; now: Instant }
>;

/** Their account is on again, or was left on after all. What they held does not come back. */
export type LiftBar = DomainCommand<'LiftBar', RoleAtScope & { principalId: string; by: Actor; now: Instant }>;

/** Ends what a disabled account still holds in a role that is not protected. Never for a protected one: bar them there. */
export type EndHoldings = DomainCommand<'EndHoldings', { principalId: string; by: Actor; now: Instant }>;

const liveOf = (state: RoleScheduleState, principalId: string, now: Instant): readonly Schedule[] =>
  schedulesOf(state, principalId).filter((schedule) => isLive(schedule, now));

/** Every schedule of the principal ends, without the five-minute floor: disabling an account cannot wait. */
export const endHoldings = (
  { principalId, by, now }: EndHoldings['data'],
  state: RoleScheduleState,
): readonly RoleScheduleEvent[] =>
  removals(state, liveOf(state, principalId, now), {
    reason: 'principal-disabled',
    requestId: null,
    by,
    at: now,
  });

/**
 * Throws `InvalidRoleAssignmentRequest` for the last administrator; nothing is recorded here then, the principal's own
 * stream records the refusal. Silence for somebody who is barred already.
 */
export const barPrincipal = (command: BarPrincipal['data'], state: RoleScheduleState): readonly RoleScheduleEvent[] => {
  const { roleDefinitionId, directoryScopeId, principalId, by, now } = command;
  if (command.isProtected && endsLastAdministrator(state, liveOf(state, principalId, now), now))
    throw new Rejection('invalid', 'InvalidRoleAssignmentRequest', lastAdministratorMessage);
  const bar: RoleScheduleEvent = {
    type: 'PrincipalBarred',
    data: { roleDefinitionId, directoryScopeId, principalId, by, at: now },
  };
  return [...(state.barred.has(principalId) ? [] : [bar]), ...endHoldings(command, state)];
};

/** Silence for somebody who is not barred. */
export const liftBar = (
  { roleDefinitionId, directoryScopeId, principalId, by, now }: LiftBar['data'],
  state: RoleScheduleState,
): readonly RoleScheduleEvent[] =>
  state.barred.has(principalId)
    ? [{ type: 'PrincipalBarLifted', data: { roleDefinitionId, directoryScopeId, principalId, by, at: now } }]
    : [];
