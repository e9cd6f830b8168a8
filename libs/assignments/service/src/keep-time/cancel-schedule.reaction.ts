import { requestStream, type RequestEvent } from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { ChangeScheduleCommand } from './change-schedule.handler';

/** A request withdrawn before its start takes its schedule with it (reference §4.18). */
export const cancelSchedule: Reaction<RequestEvent, ChangeScheduleCommand> = {
  name: 'cancel-schedule',
  source: requestStream,
  react: (event, context) => {
    if (event.type !== 'RequestCanceled') return [];
    const { requestId, by, roleDefinitionId, directoryScopeId } = event.data;
    const schedule = { roleDefinitionId, directoryScopeId, scheduleId: requestId };
    return [new ChangeScheduleCommand(schedule, { type: 'CancelScheduled', requestId, by }, context)];
  },
};
