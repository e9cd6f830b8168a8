import { roleScheduleStream, type RoleScheduleEvent } from '@pim/contracts';
import type { Deadline, DueChange } from '@pim/engine';
import { ChangeScheduleCommand, type ScheduleRef } from './change-schedule.handler';

const refOf = ({ data }: { readonly data: ScheduleRef }): ScheduleRef => ({
  roleDefinitionId: data.roleDefinitionId,
  directoryScopeId: data.directoryScopeId,
  scheduleId: data.scheduleId,
});

type Moment = 'start' | 'end';
type Granted = Extract<RoleScheduleEvent, { type: 'EligibilityGranted' | 'AssignmentGranted' }>;

const isGrant = (event: RoleScheduleEvent): event is Granted =>
  event.type === 'EligibilityGranted' || event.type === 'AssignmentGranted';

/** A start that has come at the grant itself is not waited for. */
const dueAt = ({ data: { start, end, at } }: Granted, moment: Moment): string | null =>
  moment === 'end' ? end : start > at ? start : null;

const clears: Readonly<Record<Moment, ReadonlySet<RoleScheduleEvent['type']>>> = {
  start: new Set([
    'EligibilityStarted',
    'EligibilityRemoved',
    'EligibilityExpired',
    'AssignmentStarted',
    'AssignmentRemoved',
    'AssignmentDeactivated',
    'AssignmentExpired',
  ]),
  end: new Set([
    'EligibilityRemoved',
    'EligibilityExpired',
    'AssignmentRemoved',
    'AssignmentDeactivated',
    'AssignmentExpired',
  ]),
};

const dueChanges = (event: RoleScheduleEvent, moment: Moment): readonly DueChange<ScheduleRef>[] => {
  if (isGrant(event)) return [{ key: event.data.scheduleId, at: dueAt(event, moment), subject: refOf(event) }];
  if (!clears[moment].has(event.type) || !('scheduleId' in event.data)) return [];
  const { data } = event;
  return [{ key: data.scheduleId, at: null, subject: refOf({ data }) }];
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
