import { reminderAt } from '@pim/assignments/domain';
import { roleScheduleStream, type ReminderDays, type RoleScheduleEvent } from '@pim/contracts';
import type { Deadline, DueChange } from '@pim/engine';
import { ChangeScheduleCommand, type ScheduleRef } from './change-schedule.handler';

const refOf = ({ data }: { readonly data: ScheduleRef }): ScheduleRef => ({
  roleDefinitionId: data.roleDefinitionId,
  directoryScopeId: data.directoryScopeId,
  scheduleId: data.scheduleId,
});

type Moment = 'start' | 'end' | ReminderDays;

type Timed = Extract<
  RoleScheduleEvent,
  { type: 'EligibilityGranted' | 'AssignmentGranted' | 'EligibilityRescheduled' | 'AssignmentRescheduled' }
>;

const timed: ReadonlySet<RoleScheduleEvent['type']> = new Set<Timed['type']>([
  'EligibilityGranted',
  'AssignmentGranted',
  'EligibilityRescheduled',
  'AssignmentRescheduled',
]);

const isTimed = (event: RoleScheduleEvent): event is Timed => timed.has(event.type);

const isActivation = (event: Timed): boolean =>
  event.type === 'AssignmentGranted' && event.data.assignmentType === 'Activated';

/** What has come at the grant itself is not waited for; nobody is reminded of the end of an activation. */
const dueAt = (event: Timed, moment: Moment): string | null => {
  const { start, end, at } = event.data;
  if (moment === 'start') return start > at ? start : null;
  if (moment === 'end' || end === null) return end;
  const due = reminderAt(end, moment);
  return due > at && !isActivation(event) ? due : null;
};

const ends: readonly RoleScheduleEvent['type'][] = [
  'EligibilityRemoved',
  'EligibilityExpired',
  'AssignmentRemoved',
  'AssignmentDeactivated',
  'AssignmentExpired',
];
const starts: readonly RoleScheduleEvent['type'][] = ['EligibilityStarted', 'AssignmentStarted'];

const clears = (type: RoleScheduleEvent['type'], moment: Moment): boolean =>
  ends.includes(type) || (moment === 'start' && starts.includes(type));

const change = (data: ScheduleRef, at: string | null): DueChange<ScheduleRef> => ({
  key: data.scheduleId,
  at,
  subject: refOf({ data }),
});

/** A schedule that goes on under another id has its times under that one. */
const replaced = ({ data }: Timed): readonly DueChange<ScheduleRef>[] =>
  'replaces' in data ? [change({ ...data, scheduleId: data.replaces }, null)] : [];

const dueChanges = (event: RoleScheduleEvent, moment: Moment): readonly DueChange<ScheduleRef>[] => {
  if (isTimed(event)) return [...replaced(event), change(event.data, dueAt(event, moment))];
  if (event.type === 'AssignmentShortened') return moment === 'end' ? [change(event.data, event.data.end)] : [];
  return clears(event.type, moment) && 'scheduleId' in event.data ? [change(event.data, null)] : [];
};

/** A schedule granted for the future starts (reference §2.2: Granted until start). */
export const startSchedules: Deadline<RoleScheduleEvent, ScheduleRef, ChangeScheduleCommand> = {
  name: 'start-schedule',
  source: roleScheduleStream,
  due: (event) => dueChanges(event, 'start'),
  command: (schedule, context) => new ChangeScheduleCommand(schedule, { type: 'StartSchedule' }, context),
};

/** A schedule whose end has come is put on record as expired; answers were "not active" from that instant on. */
export const expireSchedules: Deadline<RoleScheduleEvent, ScheduleRef, ChangeScheduleCommand> = {
  name: 'expire-schedule',
  source: roleScheduleStream,
  due: (event) => dueChanges(event, 'end'),
  command: (schedule, context) => new ChangeScheduleCommand(schedule, { type: 'ExpireSchedule' }, context),
};

const reminders = (daysLeft: ReminderDays): Deadline<RoleScheduleEvent, ScheduleRef, ChangeScheduleCommand> => ({
  name: `remind-${daysLeft}-days-before`,
  source: roleScheduleStream,
  due: (event) => dueChanges(event, daysLeft),
  command: (schedule, context) => new ChangeScheduleCommand(schedule, { type: 'RemindOfEnd', daysLeft }, context),
});

/** Whoever holds something that ends is reminded 14 days and one day before (reference §4.10). */
export const remindOfEnds = [reminders(14), reminders(1)];
