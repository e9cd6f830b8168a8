import { roleDefinitionStream, type RoleDefinitionEvent } from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { EndRoleHoldingsCommand } from './end-role-holdings.handler';

/** Finishes a deletion that was interrupted after it was recorded, in the name of whoever asked for it. */
export const endRoleHoldings: Reaction<RoleDefinitionEvent, EndRoleHoldingsCommand> = {
  name: 'end-role-holdings',
  source: roleDefinitionStream,
  react: (event, context, { metadata }) => {
    if (event.type !== 'RoleDefinitionDeleted') return [];
    const own = { ...context, actor: event.data.by, authentication: metadata.authentication };
    return [new EndRoleHoldingsCommand(event.data.roleDefinitionId, own)];
  },
};
