import { principalStream, roleDefinitionStream, roleScheduleStream } from '@pim/contracts';
import { principals, roleDefinitions, type Context } from '@pim/platform';
import { AssignmentsModule } from './assignments.module';
import { carryOutApproved, carryOutSubmitted } from './carry-out-order/carry-out-order.reactions';
import { cancelSchedule } from './keep-time/cancel-schedule.reaction';
import { expireSchedules, remindOfEnds, startSchedules } from './keep-time/schedule.deadlines';
import { assignmentDocuments } from './schedules/assignment-documents.projection';
import { eligibilityDocuments } from './schedules/eligibility-documents.projection';
import { settleAccount } from './switch-account/settle-account.reaction';

export { AddGroupMemberCommand } from './register-principal/add-group-member.handler';
export { RegisterPrincipalCommand, type NewPrincipal } from './register-principal/register-principal.handler';
export {
  RegisterRoleDefinitionCommand,
  type BuiltInRole,
} from './register-role-definition/register-role-definition.handler';

/** Who may hold a role and who does: the guard, the directory, the clock's work, and everything read about them. */
export const assignments: Context = {
  name: 'assignments',
  module: AssignmentsModule,
  streams: [roleDefinitionStream, roleScheduleStream, principalStream],
  projections: () => [roleDefinitions, principals, assignmentDocuments, eligibilityDocuments],
  reactions: [carryOutSubmitted, carryOutApproved, cancelSchedule, settleAccount],
  deadlines: [startSchedules, expireSchedules, ...remindOfEnds],
};
