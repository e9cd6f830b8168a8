import type { Actor, Instant, RoleScheduleEvent } from '@pim/contracts';
import type { DomainCommand } from '@pim/kernel';
import { keeperRefusal } from './last-administrator';
import { scheduleOf, type RoleScheduleState } from './role-schedule';
import { removals } from './role-schedule-endings';
import { isLive, type Schedule } from './schedule';
import type { Refusal } from './schedule-order';

/** A request was withdrawn before its start: ends the schedule it had been granted (reference §4.18). */
export type CancelScheduled = DomainCommand<
  'CancelScheduled',
  { requestId: string; scheduleId: string; isProtected: boolean; by: Actor; now: Instant }
>;

const stays = (
  schedule: Schedule,
  { requestId, by, now }: CancelScheduled['data'],
  refusal: Refusal,
): RoleScheduleEvent => ({
  type: 'ScheduleChangeRefused',
  data: {
    ...schedule.role,
    principalId: schedule.principalId,
    requestId,
    kind: 'assignment',
    action: 'adminAssign',
    ...refusal,
    by,
    at: now,
  },
});

/**
 * Silence when the schedule has ended or never was. One whose start came in the meantime ends all the same: its request
 * says that it was withdrawn, and nothing may stay of it. Only the last administrator stays, and the refusal is on record.
 */
export const cancelScheduled = (
  command: CancelScheduled['data'],
  state: RoleScheduleState,
): readonly RoleScheduleEvent[] => {
  const { requestId, by, now } = command;
  const schedule = scheduleOf(state, command.scheduleId);
  if (!schedule || !isLive(schedule, now) || schedule.cancelRefused) return [];
  const refusal = keeperRefusal(state, [schedule], command);
  if (refusal) return [stays(schedule, command, refusal)];
  return removals(state, [schedule], { reason: 'canceled', requestId, by, at: now });
};
