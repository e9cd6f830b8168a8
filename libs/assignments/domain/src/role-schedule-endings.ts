import type { Actor, AssignmentRemoved, EligibilityRemoved, EndReason, Instant } from '@pim/contracts';
import { liveActivationsFrom } from './role-schedule-answers';
import type { RoleScheduleState } from './role-schedule';
import type { Schedule } from './schedule';

/** Who ends schedules, when and why. */
export interface Ending {
  readonly reason: EndReason;
  /** The request that asked for it; null when none did. */
  readonly requestId: string | null;
  readonly by: Actor;
  readonly at: Instant;
}

/** Says what it takes away, not only its id: whoever reads it has not read the grant. */
const removal = (schedule: Schedule, ending: Ending): AssignmentRemoved | EligibilityRemoved => {
  const { role, principalId, principalType, scheduleId, end } = schedule;
  const data = { ...role, principalId, principalType, scheduleId, end, ...ending };
  return schedule.kind === 'eligibility'
    ? { type: 'EligibilityRemoved', data }
    : { type: 'AssignmentRemoved', data: { ...data, assignmentType: schedule.assignmentType } };
};

/**
 * Ends these schedules, and with an eligibility every activation made from it, whoever holds it (reference §4.9).
 * Each schedule ends once, under its own reason when it is named itself.
 */
export const removals = (
  state: RoleScheduleState,
  schedules: readonly Schedule[],
  ending: Ending,
): readonly (AssignmentRemoved | EligibilityRemoved)[] => {
  const named = new Set(schedules.map(({ scheduleId }) => scheduleId));
  const derived = schedules
    .flatMap(({ scheduleId }) => liveActivationsFrom(state, scheduleId, ending.at))
    .filter(({ scheduleId }) => !named.has(scheduleId));
  return [
    ...schedules.map((schedule) => removal(schedule, ending)),
    ...derived.map((activation) => removal(activation, { ...ending, reason: 'eligibility-ended' })),
  ];
};
