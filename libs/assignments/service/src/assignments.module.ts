import { Module } from '@nestjs/common';
import { CarryOutOrderHandler } from './carry-out-order/carry-out-order.handler';
import { ClearRemainsHandler } from './delete-principal/clear-remains.handler';
import { DeletePrincipalHandler } from './delete-principal/delete-principal.handler';
import { Memberships } from './delete-principal/memberships';
import { Remains } from './delete-principal/remains';
import { Scopes } from './delete-principal/scopes';
import { DirectoryController } from './directory/directory.controller';
import { AddGroupMemberHandler } from './group-members/add-group-member.handler';
import { AddGroupOwnerHandler, RemoveGroupOwnerHandler } from './group-members/group-owner.handlers';
import { RemoveGroupMemberHandler } from './group-members/remove-group-member.handler';
import { ChangeScheduleHandler } from './keep-time/change-schedule.handler';
import { Departures } from './leave/departures';
import { Endings } from './leave/endings';
import { Holdings } from './leave/holdings';
import { Places } from './leave/places';
import { SettleDepartureHandler } from './leave/settle-departure.handler';
import { ChangeAttributesHandler } from './principals/change-attributes.handler';
import { Principals } from './principals/principals';
import { RegisterPrincipalHandler } from './principals/register-principal.handler';
import { UniqueNames } from './principals/unique-names';
import { RegisterRoleDefinitionHandler } from './register-role-definition/register-role-definition.handler';
import { RoleDefinitionsController } from './role-definitions/role-definitions.controller';
import { ScheduleSets } from './schedules/schedule-sets';
import { SchedulesController } from './schedules/schedules.controller';
import { SettleAccountHandler } from './switch-account/settle-account.handler';
import { SwitchAccountController } from './switch-account/switch-account.controller';
import { SwitchAccountHandler } from './switch-account/switch-account.handler';
import { SwitchingRights } from './switch-account/switching-rights';

@Module({
  controllers: [RoleDefinitionsController, SchedulesController, SwitchAccountController, DirectoryController],
  providers: [
    ScheduleSets,
    Principals,
    UniqueNames,
    Places,
    Endings,
    Holdings,
    Departures,
    Scopes,
    Memberships,
    Remains,
    SwitchingRights,
    AddGroupMemberHandler,
    AddGroupOwnerHandler,
    ChangeAttributesHandler,
    ClearRemainsHandler,
    DeletePrincipalHandler,
    RemoveGroupMemberHandler,
    RemoveGroupOwnerHandler,
    SettleDepartureHandler,
    CarryOutOrderHandler,
    ChangeScheduleHandler,
    RegisterPrincipalHandler,
    RegisterRoleDefinitionHandler,
    SettleAccountHandler,
    SwitchAccountHandler,
  ],
})
export class AssignmentsModule {}
