import {
  principalStream,
  roleDefinitionStream,
  roleScheduleStream,
  separationOfDutyStream,
  type PrincipalEvent,
  type RoleDefinitionEvent,
  type RoleScheduleEvent,
  type SeparationOfDutyEvent,
} from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import {
  SettleGrantCommand,
  SettleMemberCommand,
  SettlePairCommand,
  WithdrawPairsOfRoleCommand,
} from './settle-separation.handlers';

/**
 * Looks once more at a standing assignment, whose maker may have been interrupted before it could, in the name of whoever
 * made it. A request needs no such thing: its order is carried out again.
 */
export const settleStanding: Reaction<RoleScheduleEvent, SettleGrantCommand> = {
  name: 'settle-standing',
  source: roleScheduleStream,
  react: (event, context, { metadata: { actor, authentication } }) => {
    if (event.type !== 'AssignmentGranted' || event.data.origin !== 'directory') return [];
    const { scheduleId: requestId, principalId, roleDefinitionId, directoryScopeId } = event.data;
    const about = { requestId, principalId, roleDefinitionId, directoryScopeId };
    const granted = { ...about, kind: 'assignment', action: 'adminAssign' } as const;
    return [new SettleGrantCommand(granted, { ...context, actor, authentication })];
  },
};

/** The same for somebody who came into a group. */
export const settleMember: Reaction<PrincipalEvent, SettleMemberCommand> = {
  name: 'settle-member',
  source: principalStream,
  react: (event, context, { metadata: { actor, authentication } }) =>
    event.type === 'GroupMemberAdded' && event.data.groupType === 'group'
      ? [new SettleMemberCommand(event.data, { ...context, actor, authentication })]
      : [],
};

/** The same for a pair, which a crash may have left unconfirmed. */
export const settlePair: Reaction<SeparationOfDutyEvent, SettlePairCommand> = {
  name: 'settle-pair',
  source: separationOfDutyStream,
  react: (event, context, { metadata: { actor, authentication } }) =>
    event.type === 'SeparationOfDutyDeclared'
      ? [new SettlePairCommand(event.data.pairId, event.data.roleDefinitionIds, { ...context, actor, authentication })]
      : [],
};

/** A pair does not outlive its roles. Withdrawn in the name of whoever deleted one. */
export const withdrawPairsOfRole: Reaction<RoleDefinitionEvent, WithdrawPairsOfRoleCommand> = {
  name: 'withdraw-pairs-of-role',
  source: roleDefinitionStream,
  react: (event, context, { metadata: { actor, authentication } }) =>
    event.type === 'RoleDefinitionDeleted'
      ? [new WithdrawPairsOfRoleCommand(event.data.roleDefinitionId, { ...context, actor, authentication })]
      : [],
};
