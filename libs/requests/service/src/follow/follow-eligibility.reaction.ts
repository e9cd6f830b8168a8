import { roleScheduleStream, type RoleScheduleEvent } from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { RevokeGroundlessCommand } from './revoke-groundless.handler';

/** An activation that waits for an approver goes with the eligibility it rests on (reference §4.9, §4.13). */
export const followEligibility: Reaction<RoleScheduleEvent, RevokeGroundlessCommand> = {
  name: 'follow-eligibility',
  source: roleScheduleStream,
  react: (event, context) =>
    event.type === 'EligibilityRemoved' || event.type === 'EligibilityExpired'
      ? [new RevokeGroundlessCommand(event.data, context)]
      : [],
};
