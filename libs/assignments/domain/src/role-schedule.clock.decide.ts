import type { Instant, ReminderDays, RoleScheduleEvent } from '@pim/contracts';
import type { DomainCommand } from '@pim/kernel';
import { scheduleOf, type RoleScheduleState } from './role-schedule';
import { inEffect, isActivation, isLive } from './schedule';

/** Asks to record that a scheduled start has come. Early, late or repeated asking does no harm. */
export type StartSchedule = DomainCommand<'StartSchedule', { scheduleId: string; now: Instant }>;

/** Asks to record that an agreed end has passed. Early, late or repeated asking does no harm. */
export type ExpireSchedule = DomainCommand<'ExpireSchedule', { scheduleId: string; now: Instant }>;

/** Asks to record that an end is near. Early, late or repeated asking does no harm. */
export type RemindOfEnd = DomainCommand<'RemindOfEnd', { scheduleId: string; daysLeft: ReminderDays; now: Instant }>;

/** When there are so many days left; from then on the reminder is due. */
export const reminderAt = (end: Instant, daysLeft: ReminderDays): Instant =>
  new Date(Date.parse(end) - daysLeft * 24 * 60 * 60_000).toISOString();

/** Once for each, dated at the moment it was due; not before it, and not once the end has come or somebody was told less. */
export const remindOfEnd = (
  { scheduleId, daysLeft, now }: RemindOfEnd['data'],
  state: RoleScheduleState,
): readonly RoleScheduleEvent[] => {
  const schedule = scheduleOf(state, scheduleId);
  if (!schedule || schedule.end === null || isActivation(schedule) || !isLive(schedule, now)) return [];
  const { role, principalId, principalType, kind, end, remindedAt } = schedule;
  const at = reminderAt(end, daysLeft);
  if (now < at || (remindedAt !== null && remindedAt <= daysLeft)) return [];
  return [
    { type: 'ExpiryReminderDue', data: { ...role, principalId, scheduleId, kind, principalType, daysLeft, end, at } },
  ];
};

/** Once, dated at the agreed start, and only while the schedule is in effect: a start noticed after the end is no start. */
export const startSchedule = (
  { scheduleId, now }: StartSchedule['data'],
  state: RoleScheduleState,
): readonly RoleScheduleEvent[] => {
  const schedule = scheduleOf(state, scheduleId);
  if (!schedule || schedule.started || !inEffect(schedule, now)) return [];
  return [
    {
      type: schedule.kind === 'eligibility' ? 'EligibilityStarted' : 'AssignmentStarted',
      data: { ...schedule.role, principalId: schedule.principalId, scheduleId, at: schedule.start },
    },
  ];
};

/**
 * Once, dated at the agreed end, never before it. An eligibility takes no activation with it: none outlasts it, so
 * whatever was activated from it has reached its own end by then and has its own expiry.
 */
export const expireSchedule = (
  { scheduleId, now }: ExpireSchedule['data'],
  state: RoleScheduleState,
): readonly RoleScheduleEvent[] => {
  const schedule = scheduleOf(state, scheduleId);
  if (!schedule || schedule.end === null || isLive(schedule, now)) return [];
  const { role, principalId, principalType, end: at } = schedule;
  const data = { ...role, principalId, principalType, scheduleId, at };
  return schedule.kind === 'eligibility'
    ? [{ type: 'EligibilityExpired', data }]
    : [{ type: 'AssignmentExpired', data: { ...data, assignmentType: schedule.assignmentType } }];
};
