import {
  approvalStream,
  principalStream,
  roleScheduleStream,
  type ApprovalEvent,
  type PrincipalEvent,
  type RoleScheduleEvent,
} from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { principalIdOf } from '@pim/platform';
import { CheckApproversCommand, CheckApproversOfCommand } from './check-approvers.handler';

const begins: ReadonlySet<ApprovalEvent['type']> = new Set(['ApprovalOpened', 'ApprovalStageOpened', 'ApprovalAgreed']);

/** A stage whose approvers are gone before it begins falls back at once. */
export const checkApprovers: Reaction<ApprovalEvent, CheckApproversCommand> = {
  name: 'check-approvers',
  source: approvalStream,
  react: (event, context) =>
    begins.has(event.type) ? [new CheckApproversCommand(event.data.approvalId, context)] : [],
};

const departures: ReadonlySet<PrincipalEvent['type']> = new Set([
  'PrincipalDisabled',
  'PrincipalDeleted',
  'GroupMemberRemoved',
]);

/** Somebody who might have decided is gone: whatever waits for them is looked at again. */
export const checkApproversOf: Reaction<PrincipalEvent, CheckApproversOfCommand> = {
  name: 'check-approvers-of',
  source: principalStream,
  react: (event, context) =>
    departures.has(event.type) ? [new CheckApproversOfCommand(principalIdOf(event), context)] : [],
};

/** `AssignmentRescheduled`: it may begin later than now. */
const endings: ReadonlySet<RoleScheduleEvent['type']> = new Set([
  'AssignmentRemoved',
  'AssignmentDeactivated',
  'AssignmentExpired',
  'AssignmentRescheduled',
]);

/** A membership that PIM for Groups gave is over: whatever waits for the group is looked at again. */
export const checkApproversOfGroup: Reaction<RoleScheduleEvent, CheckApproversOfCommand> = {
  name: 'check-approvers-of-group',
  source: roleScheduleStream,
  react: ({ type, data }, context) =>
    data.roleDefinitionId === 'member' && endings.has(type)
      ? [new CheckApproversOfCommand(data.directoryScopeId, context)]
      : [],
};
