import type { Instant } from '@pim/contracts';
import type { RoleScheduleState } from './role-schedule';
import { inEffect, type Schedule } from './schedule';
import type { Refusal } from './schedule-order';

/** What a caller is told when the rule refuses. Graph has no published text for it (reference §4.11, §5.6). */
const lastAdministratorMessage =
  'The last permanent active assignment of this role cannot be removed: the tenant must keep a Global Administrator ' +
  'and a Privileged Role Administrator at all times. Assign the role permanently to another user first.';

/** Whether the rule counts a schedule: a keeper that has started and whose holder is not barred. */
const counts = (state: RoleScheduleState, schedule: Schedule, now: Instant): boolean =>
  state.keepers.has(schedule.scheduleId) && inEffect(schedule, now) && !state.barred.has(schedule.principalId);

const tooFew = (minimum: number): string =>
  `The role settings demand ${minimum} permanent active assignments of this role (minimumHolders), and there would be ` +
  'fewer. Assign the role permanently to another user first.';

/** How many must be left: what the role's settings say, and at least one of a protected role. */
const minimumOf = ({ minimum }: RoleScheduleState, isProtected: boolean): number =>
  isProtected ? Math.max(1, minimum) : minimum;

/** Permanent users who hold the role now and are not barred: those that the rule counts. Costs their number. */
export const keepersAt = (state: RoleScheduleState, now: Instant): readonly Schedule[] =>
  [...state.keepers.values()].filter((keeper) => counts(state, keeper, now));

/** Whether so many are left, without looking at more than that. */
const leaves = (state: RoleScheduleState, ended: ReadonlySet<string>, wanted: number, now: Instant): boolean => {
  let left = 0;
  for (const keeper of state.keepers.values()) {
    if (left === wanted) return true;
    if (!ended.has(keeper.scheduleId) && counts(state, keeper, now)) left += 1;
  }
  return left >= wanted;
};

/**
 * Why these schedules may not end now, or their holder be barred: too few users would be left who hold the role
 * directly, permanently, by a standing assignment that has started, and are not barred; null when enough are. Microsoft
 * counts every active assignment; ours counts only those that no expiry can end, so that once kept the rule stays kept
 * however much time passes.
 */
export const keeperRefusal = (
  state: RoleScheduleState,
  ending: readonly Schedule[],
  { now: asked, isProtected }: { readonly now: Instant; readonly isProtected: boolean },
): Refusal | null => {
  // What is on record has happened, however long ago the command looked at a clock: a keeper granted meanwhile counts.
  const now = asked > state.latest ? asked : state.latest;
  const minimum = minimumOf(state, isProtected);
  if (minimum === 0 || !ending.some((schedule) => counts(state, schedule, now))) return null;
  const ended = new Set(ending.map(({ scheduleId }) => scheduleId));
  if (leaves(state, ended, minimum, now)) return null;
  const message = isProtected && minimum === 1 ? lastAdministratorMessage : tooFew(minimum);
  return { code: 'InvalidRoleAssignmentRequest', message };
};
