import { requestStream, type RequestEvent } from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { withdrawalIn } from '../streams';
import { ChangeScheduleCommand } from './change-schedule.handler';

/**
 * A request withdrawn before its start takes its schedule with it (reference §4.18), and so does one that lost its ground
 * while it waited, should an approver's yes have been carried out at the same moment.
 */
export const cancelSchedule: Reaction<RequestEvent, ChangeScheduleCommand> = {
  name: 'cancel-schedule',
  source: requestStream,
  react: (event, context) => {
    const withdrawal = withdrawalIn(event);
    if (!withdrawal) return [];
    const by = withdrawal.by ?? context.actor;
    const { requestId, roleDefinitionId, directoryScopeId } = event.data;
    const schedule = { roleDefinitionId, directoryScopeId, scheduleId: requestId };
    return [new ChangeScheduleCommand(schedule, { type: 'CancelScheduled', requestId, by }, context)];
  },
};
