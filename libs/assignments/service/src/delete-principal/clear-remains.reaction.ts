import { principalStream, type PrincipalEvent } from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { ClearRemainsCommand } from './clear-remains.handler';

/** Finishes a deletion that was interrupted after it was recorded, in the name of whoever asked for it. */
export const clearRemains: Reaction<PrincipalEvent, ClearRemainsCommand> = {
  name: 'clear-remains',
  source: principalStream,
  react: (event, context, { metadata }) => {
    if (event.type !== 'PrincipalDeleted') return [];
    const own = { ...context, actor: event.data.by, authentication: metadata.authentication };
    return [new ClearRemainsCommand(event.data.principalId, own)];
  },
};
