import type { Instant } from '@pim/contracts';
import type { RoleScheduleState } from './role-schedule';
import { inEffect, type Schedule } from './schedule';

/** What a caller is told when the rule refuses. Graph has no published text for it (reference §4.11, §5.6). */
export const lastAdministratorMessage =
  'The last permanent active assignment of this role cannot be removed: the tenant must keep a Global Administrator ' +
  'and a Privileged Role Administrator at all times. Assign the role permanently to another user first.';

/** Whether the rule counts a schedule: a keeper that has started and whose holder is not barred. */
const counts = (state: RoleScheduleState, schedule: Schedule, now: Instant): boolean =>
  state.keepers.has(schedule.scheduleId) && inEffect(schedule, now) && !state.barred.has(schedule.principalId);

/**
 * Whether ending these schedules now, or barring their holder, would leave a protected role without a user who holds it
 * directly, permanently, by a standing assignment that has started, and is not barred. Microsoft counts every active
 * assignment; ours counts only those that no expiry can end, so that once kept the rule stays kept however much time
 * passes.
 */
export const endsLastAdministrator = (
  state: RoleScheduleState,
  ending: readonly Schedule[],
  asked: Instant,
): boolean => {
  // What is on record has happened, however long ago the command looked at a clock: a keeper granted meanwhile counts.
  const now = asked > state.latest ? asked : state.latest;
  const ended = new Set(ending.map(({ scheduleId }) => scheduleId));
  if (!ending.some((schedule) => counts(state, schedule, now))) return false;
  for (const keeper of state.keepers.values())
    if (!ended.has(keeper.scheduleId) && counts(state, keeper, now)) return false;
  return true;
};
