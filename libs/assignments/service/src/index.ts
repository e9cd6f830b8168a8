import { principalStream, roleDefinitionStream, roleScheduleStream, separationOfDutyStream } from '@pim/contracts';
import { principals, roleDefinitions, scopedRoles, type Context } from '@pim/platform';
import { AssignmentsModule } from './assignments.module';
import {
  protectApproverGroups,
  releaseGroupsOfGroup,
  releaseGroupsOfRole,
} from './approver-groups/approver-groups.reactions';
import { carryOutApproved, carryOutSubmitted } from './carry-out-order/carry-out-order.reactions';
import { settleNarrowed } from './carry-out-order/settle-narrowed.reaction';
import { clearRemains } from './delete-principal/clear-remains.reaction';
import { cancelSchedule } from './keep-time/cancel-schedule.reaction';
import { expireSchedules, remindOfEnds, startSchedules } from './keep-time/schedule.deadlines';
import { settleMembership } from './leave/settle-membership.reaction';
import { settleDeparture } from './leave/settle-departure.reaction';
import { guardedRoles } from './minimum-holders/guarded-roles.projection';
import { followMinimumHolders } from './minimum-holders/minimum-holders.reaction';
import { endRoleHoldings } from './role-definitions/end-role-holdings.reaction';
import { assignmentDocuments } from './schedules/assignment-documents.projection';
import { effectiveRoles } from './schedules/effective-roles.feed';
import { eligibilityDocuments } from './schedules/eligibility-documents.projection';
import {
  settleMember,
  settlePair,
  settleStanding,
  withdrawPairsOfRole,
} from './separation-of-duty/settle-separation.reactions';
import { servedSets } from './served-sets';
import { settleAccount } from './switch-account/settle-account.reaction';

export { CarryOutOrderCommand } from './carry-out-order/carry-out-order.handler';
export { DeletePrincipalCommand } from './delete-principal/delete-principal.handler';
export { AddGroupMemberCommand } from './group-members/add-group-member.handler';
export { AddGroupOwnerCommand, RemoveGroupOwnerCommand } from './group-members/group-owner.handlers';
export { RemoveGroupMemberCommand } from './group-members/remove-group-member.handler';
export { ChangeScheduleCommand } from './keep-time/change-schedule.handler';
export { SettleDepartureCommand } from './leave/settle-departure.handler';
export { ChangeAccountCommand } from './principals/change-account.handler';
export { ChangeAttributesCommand } from './principals/change-attributes.handler';
export { RegisterPrincipalCommand, type NewPrincipal } from './principals/register-principal.handler';
export { SettleAccountCommand } from './switch-account/settle-account.handler';
export { withdrawals } from './streams';
export { SwitchAccountCommand } from './switch-account/switch-account.handler';
export { RegisterRoleDefinitionCommand, type BuiltInRole } from './role-definitions/register-role-definition.handler';

/** Who may hold a role and who does: the guard, the directory, the clock's work, and everything read about them. */
export const assignments: Context = {
  name: 'assignments',
  module: AssignmentsModule,
  sets: servedSets,
  streams: [roleDefinitionStream, roleScheduleStream, principalStream, separationOfDutyStream],
  projections: () => [
    roleDefinitions,
    principals,
    assignmentDocuments,
    eligibilityDocuments,
    guardedRoles,
    scopedRoles,
  ],
  reactions: [
    carryOutSubmitted,
    carryOutApproved,
    settleNarrowed,
    cancelSchedule,
    settleAccount,
    settleDeparture,
    settleMembership,
    clearRemains,
    followMinimumHolders,
    endRoleHoldings,
    settleStanding,
    settleMember,
    settlePair,
    withdrawPairsOfRole,
    protectApproverGroups,
    releaseGroupsOfRole,
    releaseGroupsOfGroup,
  ],
  deadlines: [startSchedules, expireSchedules, ...remindOfEnds],
  feeds: [effectiveRoles],
};
