import { Module } from '@nestjs/common';
import { CarryOutOrderHandler } from './carry-out-order/carry-out-order.handler';
import { DirectoryController } from './directory/directory.controller';
import { ChangeScheduleHandler } from './keep-time/change-schedule.handler';
import { AddGroupMemberHandler } from './register-principal/add-group-member.handler';
import { RegisterPrincipalHandler } from './register-principal/register-principal.handler';
import { RegisterRoleDefinitionHandler } from './register-role-definition/register-role-definition.handler';
import { RoleDefinitionsController } from './role-definitions/role-definitions.controller';
import { ScheduleSets } from './schedules/schedule-sets';
import { SchedulesController } from './schedules/schedules.controller';
import { Holdings } from './switch-account/holdings';
import { SettleAccountHandler } from './switch-account/settle-account.handler';
import { SwitchAccountController } from './switch-account/switch-account.controller';
import { SwitchAccountHandler } from './switch-account/switch-account.handler';
import { SwitchingRights } from './switch-account/switching-rights';

@Module({
  controllers: [RoleDefinitionsController, SchedulesController, SwitchAccountController, DirectoryController],
  providers: [
    ScheduleSets,
    Holdings,
    SwitchingRights,
    AddGroupMemberHandler,
    CarryOutOrderHandler,
    ChangeScheduleHandler,
    RegisterPrincipalHandler,
    RegisterRoleDefinitionHandler,
    SettleAccountHandler,
    SwitchAccountHandler,
  ],
})
export class AssignmentsModule {}
