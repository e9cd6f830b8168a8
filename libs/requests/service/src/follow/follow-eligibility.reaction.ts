import { roleScheduleStream, type EligibilityExpired, type RoleScheduleEvent } from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { RevokeGroundlessCommand, type Shaken } from './revoke-groundless.handler';

/** An activation that waits for an approver goes with the eligibility it rests on (reference §4.9, §4.13). */
export const followEligibility: Reaction<RoleScheduleEvent, RevokeGroundlessCommand> = {
  name: 'follow-eligibility',
  source: roleScheduleStream,
  react: (event, context) =>
    event.type === 'EligibilityRemoved' || event.type === 'EligibilityExpired'
      ? [new RevokeGroundlessCommand(shakenBy(event.data), context)]
      : [],
};

/** The end of a group's eligibility may concern anybody who waits for the role. */
const shakenBy = ({
  principalId,
  principalType,
  roleDefinitionId,
  directoryScopeId,
}: Omit<EligibilityExpired['data'], 'at' | 'scheduleId'>): Shaken => ({
  roleDefinitionId,
  directoryScopeId,
  ...(principalType === 'group' ? {} : { principalId }),
});
