import { Module } from '@nestjs/common';
import { SettleApproverGroupsHandler } from './approver-groups/settle-approver-groups.handler';
import { CarryOutOrderHandler } from './carry-out-order/carry-out-order.handler';
import { LostGrounds } from './carry-out-order/lost-grounds';
import { NarrowedOrders } from './carry-out-order/narrowed-orders';
import { SettleNarrowedHandler } from './carry-out-order/settle-narrowed.handler';
import { ClearRemainsHandler } from './delete-principal/clear-remains.handler';
import { DeletePrincipalHandler } from './delete-principal/delete-principal.handler';
import { Memberships } from './delete-principal/memberships';
import { Remains } from './delete-principal/remains';
import { Scopes } from './delete-principal/scopes';
import { Accounts } from './directory/accounts';
import { AdministrativeUnits } from './directory/administrative-units';
import { AdministrativeUnitsController } from './directory/administrative-units.controller';
import { DirectoryAnswers } from './directory/directory-answers';
import { DirectoryObjectsController } from './directory/directory-objects.controller';
import { DirectoryRolesController } from './directory/directory-roles.controller';
import { DirectorySets } from './directory/directory-sets';
import { GroupLinks } from './directory/group-links';
import { GroupLinksController } from './directory/group-links.controller';
import { GroupRights } from './directory/group-rights';
import { Groups } from './directory/groups';
import { GroupsController } from './directory/groups.controller';
import { Links } from './directory/links';
import { ManagerController } from './directory/manager.controller';
import { MemberOf } from './directory/member-of';
import { RoleMembers } from './directory/role-members';
import { MemberOfController } from './directory/member-of.controller';
import { NewObjects } from './directory/new-objects';
import { ObjectIds } from './directory/object-ids';
import { OrganizationController } from './directory/organization.controller';
import { ServicePrincipalsController } from './directory/service-principals.controller';
import { TransitiveMembers } from './directory/transitive-members';
import { UsersController } from './directory/users.controller';
import { AddGroupMemberHandler } from './group-members/add-group-member.handler';
import { AddGroupOwnerHandler, RemoveGroupOwnerHandler } from './group-members/group-owner.handlers';
import { RemoveGroupMemberHandler } from './group-members/remove-group-member.handler';
import { ChangeScheduleHandler } from './keep-time/change-schedule.handler';
import { Departures } from './leave/departures';
import { Endings } from './leave/endings';
import { Holdings } from './leave/holdings';
import { Places } from './leave/places';
import { SettleDepartureHandler } from './leave/settle-departure.handler';
import { ChangeAccountHandler } from './principals/change-account.handler';
import { ChangeAttributesHandler } from './principals/change-attributes.handler';
import { Managers } from './principals/managers';
import { Principals } from './principals/principals';
import { RegisterPrincipalHandler } from './principals/register-principal.handler';
import { UniqueNames } from './principals/unique-names';
import { Catalogue } from './role-definitions/catalogue';
import { CreateRoleDefinitionHandler } from './role-definitions/create-role-definition.handler';
import { CustomRoles } from './role-definitions/custom-roles';
import { DeleteRoleDefinitionHandler } from './role-definitions/delete-role-definition.handler';
import { EndRoleHoldingsHandler } from './role-definitions/end-role-holdings.handler';
import { RegisterRoleDefinitionHandler } from './role-definitions/register-role-definition.handler';
import { ResourceNamespaces } from './role-definitions/resource-namespaces';
import { ResourceNamespacesController } from './role-definitions/resource-namespaces.controller';
import { RoleDefinitionSets } from './role-definitions/role-definition-sets';
import { RoleHoldings } from './role-definitions/role-holdings';
import { UpdateRoleDefinitionHandler } from './role-definitions/update-role-definition.handler';
import { RoleDefinitionsController } from './role-definitions/role-definitions.controller';
import { ScimAboutController } from './scim/scim-about.controller';
import { ScimDirectory } from './scim/scim-directory';
import { ScimGroups } from './scim/scim-groups';
import { ScimUsers } from './scim/scim-users';
import { ScimGroupsController, ScimUsersController } from './scim/scim.controllers';
import { TransitiveAssignmentsController } from './standing-assignments/transitive-assignments.controller';
import { StandingAssignmentsController } from './standing-assignments/standing-assignments.controller';
import { AssignStandingHandler, RemoveStandingHandler } from './standing-assignments/standing-assignments.handlers';
import { SetMinimumHoldersHandler } from './minimum-holders/set-minimum-holders.handler';
import { SecondLook } from './separation-of-duty/second-look';
import { DeclarePairHandler, WithdrawPairHandler } from './separation-of-duty/separated-pair.handlers';
import { SeparatedPairs } from './separation-of-duty/separated-pairs';
import { SeparationOfDutyController } from './separation-of-duty/separation-of-duty.controller';
import {
  SettleGrantHandler,
  SettleMemberHandler,
  SettlePairHandler,
  WithdrawPairsOfRoleHandler,
} from './separation-of-duty/settle-separation.handlers';
import { GroupScheduleSets } from './schedules/group-schedule-sets';
import { GroupSchedulesController } from './schedules/group-schedules.controller';
import { GroupMemberships } from './schedules/group-memberships';
import { ScheduleSets } from './schedules/schedule-sets';
import { SchedulesController } from './schedules/schedules.controller';
import { SettleAccountHandler } from './switch-account/settle-account.handler';
import { Privileged } from './switch-account/privileged';
import { Reports } from './switch-account/reports';
import { SwitchAccountHandler } from './switch-account/switch-account.handler';
import { SwitchingRights } from './switch-account/switching-rights';

@Module({
  controllers: [
    RoleDefinitionsController,
    ResourceNamespacesController,
    SchedulesController,
    MemberOfController,
    UsersController,
    ManagerController,
    GroupsController,
    GroupLinksController,
    ServicePrincipalsController,
    AdministrativeUnitsController,
    DirectoryObjectsController,
    DirectoryRolesController,
    OrganizationController,
    GroupSchedulesController,
    StandingAssignmentsController,
    TransitiveAssignmentsController,
    ScimAboutController,
    ScimUsersController,
    ScimGroupsController,
    SeparationOfDutyController,
  ],
  providers: [
    ScheduleSets,
    SetMinimumHoldersHandler,
    SettleApproverGroupsHandler,
    AssignStandingHandler,
    RemoveStandingHandler,
    GroupScheduleSets,
    GroupMemberships,
    Principals,
    Managers,
    UniqueNames,
    Places,
    Endings,
    Holdings,
    Departures,
    Scopes,
    Memberships,
    Remains,
    Catalogue,
    CustomRoles,
    ResourceNamespaces,
    RoleDefinitionSets,
    RoleHoldings,
    LostGrounds,
    NarrowedOrders,
    SettleNarrowedHandler,
    SecondLook,
    SeparatedPairs,
    DeclarePairHandler,
    WithdrawPairHandler,
    SettleGrantHandler,
    SettleMemberHandler,
    SettlePairHandler,
    WithdrawPairsOfRoleHandler,
    Privileged,
    Reports,
    SwitchingRights,
    Accounts,
    AdministrativeUnits,
    DirectoryAnswers,
    DirectorySets,
    GroupLinks,
    GroupRights,
    Groups,
    Links,
    MemberOf,
    RoleMembers,
    NewObjects,
    ObjectIds,
    TransitiveMembers,
    ScimDirectory,
    ScimGroups,
    ScimUsers,
    AddGroupMemberHandler,
    AddGroupOwnerHandler,
    ChangeAccountHandler,
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
    CreateRoleDefinitionHandler,
    UpdateRoleDefinitionHandler,
    DeleteRoleDefinitionHandler,
    EndRoleHoldingsHandler,
    SettleAccountHandler,
    SwitchAccountHandler,
  ],
})
export class AssignmentsModule {}
