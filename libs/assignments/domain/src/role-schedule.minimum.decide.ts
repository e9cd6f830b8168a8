import type { Actor, Instant, RoleScheduleEvent } from '@pim/contracts';
import type { DomainCommand } from '@pim/kernel';
import type { RoleScheduleState } from './role-schedule';
import type { RoleAtScope } from './schedule';

/** The role's settings say how many permanent holders it keeps at the least. */
export type SetMinimumHolders = DomainCommand<
  'SetMinimumHolders',
  RoleAtScope & { minimum: number; by: Actor; now: Instant }
>;

/**
 * Silence for the number that is so already. Should the role have fewer by now than when the settings were asked for, the
 * number counts all the same: nobody more may go.
 */
export const setMinimumHolders = (
  { roleDefinitionId, directoryScopeId, minimum, by, now }: SetMinimumHolders['data'],
  state: RoleScheduleState,
): readonly RoleScheduleEvent[] =>
  minimum === state.minimum
    ? []
    : [{ type: 'MinimumHoldersSet', data: { roleDefinitionId, directoryScopeId, minimum, by, at: now } }];
