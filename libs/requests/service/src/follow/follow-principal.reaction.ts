import { principalStream, type PrincipalEvent } from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { RevokeGroundlessCommand } from './revoke-groundless.handler';

/** Whoever can no longer activate anything as before: they left a group, or their account is off or gone. */
const shaken = (event: PrincipalEvent): string | null => {
  switch (event.type) {
    case 'GroupMemberRemoved':
      return event.data.memberId;
    case 'PrincipalDisabled':
    case 'PrincipalDeleted':
      return event.data.principalId;
    default:
      return null;
  }
};

/** An activation that waits for an approver goes with the group or account it rests on (reference §4.9). */
export const followPrincipal: Reaction<PrincipalEvent, RevokeGroundlessCommand> = {
  name: 'follow-principal',
  source: principalStream,
  react: (event, context) => {
    const principalId = shaken(event);
    return principalId ? [new RevokeGroundlessCommand({ principalId }, context)] : [];
  },
};
