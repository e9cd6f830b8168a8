import { accessIdOf, roleScheduleStream, type RoleScheduleEvent } from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { SettleNarrowedCommand } from './settle-narrowed.handler';

/**
 * An activation at a narrower scope goes with the eligibility it was narrowed from, and ends no later than that. Nothing is
 * to be done when the eligibility reaches its own end: the activation was given for no longer.
 */
export const settleNarrowed: Reaction<RoleScheduleEvent, SettleNarrowedCommand> = {
  name: 'settle-narrowed',
  source: roleScheduleStream,
  react: (event, context, { metadata: { actor, authentication } }) => {
    if (event.type !== 'EligibilityRemoved' && event.type !== 'EligibilityRescheduled') return [];
    const { roleDefinitionId, directoryScopeId, scheduleId } = event.data;
    // Only the whole tenant contains other scopes.
    if (directoryScopeId !== '/' || accessIdOf(roleDefinitionId) !== null) return [];
    const place = { roleDefinitionId, directoryScopeId };
    return [new SettleNarrowedCommand(place, scheduleId, { ...context, actor, authentication })];
  },
};
