import {
  accessIds,
  policyStream,
  principalStream,
  roleDefinitionStream,
  type PolicyEvent,
  type PrincipalEvent,
  type RoleDefinitionEvent,
} from '@pim/contracts';
import { under, type Reaction } from '@pim/engine';
import { SettleApproverGroupsCommand } from './settle-approver-groups.handler';

/** Groups learn that settings name them as approvers, or do not any more: they are protected then (ADR 35). */
export const protectApproverGroups: Reaction<PolicyEvent, SettleApproverGroupsCommand> = {
  name: 'protect-approver-groups',
  source: policyStream,
  react: ({ type, data }, context, { stream }) =>
    type === 'PolicyRulesChanged' && data.rules.some((rule) => rule.type === 'approval')
      ? [new SettleApproverGroupsCommand(stream.slice(policyStream.category.length + 1), context)]
      : [],
};

/** The settings of a custom role go with it. */
export const releaseGroupsOfRole: Reaction<RoleDefinitionEvent, SettleApproverGroupsCommand> = {
  name: 'release-approver-groups-of-role',
  source: roleDefinitionStream,
  react: ({ type, data }, context) =>
    type === 'RoleDefinitionDeleted' ? [new SettleApproverGroupsCommand(data.roleDefinitionId, context)] : [],
};

/** The settings of a group's members and owners go with it. */
export const releaseGroupsOfGroup: Reaction<PrincipalEvent, SettleApproverGroupsCommand> = {
  name: 'release-approver-groups-of-group',
  source: principalStream,
  react: ({ type, data }, context) =>
    type === 'PrincipalDeleted' && data.principalType === 'group'
      ? accessIds.map((id) => new SettleApproverGroupsCommand(`${data.principalId}_${id}`, under(context, id)))
      : [],
};
