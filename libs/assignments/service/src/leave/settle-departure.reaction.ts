import { principalStream, type PrincipalEvent } from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { SettleDepartureCommand } from './settle-departure.handler';

/** Finishes a departure that was interrupted after it was recorded, in the name of whoever asked for it. */
export const settleDeparture: Reaction<PrincipalEvent, SettleDepartureCommand> = {
  name: 'settle-departure',
  source: principalStream,
  react: (event, context, { metadata }) => {
    if (event.type !== 'GroupMemberRemoved' || event.data.groupType !== 'group') return [];
    const { actor, authentication } = metadata;
    return [new SettleDepartureCommand(event.data, { ...context, actor, authentication })];
  },
};
