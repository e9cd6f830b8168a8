import { principalStream, type PrincipalEvent } from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { SettleAccountCommand } from './settle-account.handler';

/**
 * The only place where accounts are barred, switched off and let back in. The events of one account come one after
 * another, so that switching it off and switching it on never overlap; an interrupted one is delivered again.
 */
export const settleAccount: Reaction<PrincipalEvent, SettleAccountCommand> = {
  name: 'settle-account',
  source: principalStream,
  react: (event, context, { metadata }) => {
    if (event.type !== 'PrincipalDisableRequested' && event.type !== 'PrincipalEnabled') return [];
    const { principalId, by } = event.data;
    // In the name of whoever asked, and with how they had signed in: what follows is theirs, and the trail says so.
    const own = { ...context, actor: by, authentication: metadata.authentication };
    return [new SettleAccountCommand(principalId, own)];
  },
};
