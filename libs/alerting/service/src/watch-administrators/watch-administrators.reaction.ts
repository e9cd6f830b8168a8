import { protectedRoles, roleScheduleStream, type RoleScheduleEvent } from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { ObserveHoldersCommand } from './observe-holders.handler';

/** Whenever the holders of a protected role may have changed, looks whether it is down to its last one. */
export const watchAdministrators: Reaction<RoleScheduleEvent, ObserveHoldersCommand> = {
  name: 'watch-administrators',
  source: roleScheduleStream,
  react: ({ type, data }, context) =>
    type.startsWith('Assignment') && protectedRoles.includes(data.roleDefinitionId)
      ? [new ObserveHoldersCommand(data.roleDefinitionId, context)]
      : [],
};
