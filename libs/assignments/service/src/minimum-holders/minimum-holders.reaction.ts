import { policyStream, type PolicyEvent } from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { SetMinimumHoldersCommand } from './set-minimum-holders.handler';

/** The guard of a role learns from its settings how many permanent holders it keeps. */
export const followMinimumHolders: Reaction<PolicyEvent, SetMinimumHoldersCommand> = {
  name: 'follow-minimum-holders',
  source: policyStream,
  react: ({ type, data }, context) =>
    type === 'MinimumHoldersChanged'
      ? [new SetMinimumHoldersCommand(data.roleDefinitionId, data.minimum, data.by, context)]
      : [],
};
