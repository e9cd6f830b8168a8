import type { Instant } from '@pim/contracts';
import { keeperRefusal } from './last-administrator';
import { activeAt, liveActivationsFrom, schedulesOf } from './role-schedule-answers';
import { removals } from './role-schedule-endings';
import type { RoleScheduleState } from './role-schedule';
import { inEffect, isActivation, isLive, type Schedule } from './schedule';
import {
  invalidRequest,
  notAssigned,
  tooShort,
  type Judged,
  type OrderFacts,
  type Outcome,
  type Refusal,
} from './schedule-order';
import { isTooFresh } from './schedule-window';

/** What an order is about to end or to change: the schedule it names, if the principal has it, else the one the principal has. */
export const target = (
  { order, facts }: Judged,
  state: RoleScheduleState,
  fits: (schedule: Schedule) => boolean,
): Schedule | undefined =>
  schedulesOf(state, order.principalId)
    .filter((schedule) => order.targetScheduleId === null || order.targetScheduleId === schedule.scheduleId)
    .find((schedule) => fits(schedule) && isLive(schedule, facts.now));

/**
 * The graver reason first: whoever would end the last administrator is not told to try again in five minutes.
 * The floor is that of the schedule named, not of the activations that end with it: taking a right away never waits.
 */
const removalRefusal = (found: Schedule, { facts }: Judged, state: RoleScheduleState): Refusal | null =>
  keeperRefusal(state, [found], facts) ??
  lastHolderRefusal([found, ...liveActivationsFrom(state, found.scheduleId, facts.now)], facts, state) ??
  freshnessRefusal(found, facts.now);

/** An assignment that has ended by its time leaves nobody: only what somebody ends, or has begin later, is refused. */
export const lastHolderRefusal = (
  ending: readonly Schedule[],
  { mustKeepOne, now }: OrderFacts,
  state: RoleScheduleState,
): Refusal | null => {
  if (!mustKeepOne || !ending.some((one) => one.kind === 'assignment' && inEffect(one, now))) return null;
  const ended = new Set(ending.map(({ scheduleId }) => scheduleId));
  return activeAt(state, now).some(({ scheduleId }) => !ended.has(scheduleId))
    ? null
    : invalidRequest('the last active owner of a group cannot be removed. Make somebody else an owner first.');
};

const freshnessRefusal = (found: Schedule, now: Instant): Refusal | null => (isTooFresh(found, now) ? tooShort : null);

/** Ends an eligibility and what was activated from it, or a standing assignment; never an activation (reference §4.9). */
export const adminRemove = (judged: Judged, state: RoleScheduleState): Outcome => {
  const { order, facts } = judged;
  const found = target(judged, state, (schedule) => schedule.kind === order.kind && !isActivation(schedule));
  if (!found) return notAssigned;
  const refusal = removalRefusal(found, judged, state);
  if (refusal) return refusal;
  const ending = { reason: 'admin-removed', requestId: order.requestId, by: order.actor, at: facts.now } as const;
  return removals(state, [found], ending);
};

/** Gives an activation back, running or still to come; the eligibility stays (reference §4.9). */
export const selfDeactivate = (judged: Judged, state: RoleScheduleState): Outcome => {
  const { order, facts } = judged;
  const found = target(judged, state, isActivation);
  if (!found) return notAssigned;
  const refusal = lastHolderRefusal([found], facts, state) ?? freshnessRefusal(found, facts.now);
  if (refusal) return refusal;
  const { role, principalId, scheduleId, end } = found;
  const data = { ...role, principalId, scheduleId, end, requestId: order.requestId, by: order.actor, at: facts.now };
  return [{ type: 'AssignmentDeactivated', data }];
};
