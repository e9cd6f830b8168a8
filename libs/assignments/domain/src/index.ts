export { inEffect, isLive, type Assignment, type Eligibility, type RoleAtScope, type Schedule } from './schedule';
export { scheduleOf, type RoleScheduleState } from './role-schedule';
export {
  activeAt,
  eligibilityFor,
  expiredOf,
  groupBehind,
  groupsIn,
  heldAt,
  holdingUntil,
  holdsAt,
  liveSchedulesOf,
  principalsIn,
  throughGroup,
  schedulesOf,
} from './role-schedule-answers';
export { separationRefusal, clashesOf, type Clash, type Gain } from './clash';
export { holdersOfBoth, membersOf, membershipsOf, type GroupView, type RoleHolders } from './role-holders';
export { pairsIn, rolesApartFrom, type SeparatedPair, type SeparationState } from './separation-of-duty';
export { separationOfDuty, violatedBy, type SeparationCommand } from './separation-of-duty.decide';
export type { EndSeparated } from './role-schedule.separation.decide';
export { keepersAt } from './last-administrator';
export type { SetMinimumHolders } from './role-schedule.minimum.decide';
export { canBeHeldAt, type ScopableRole } from './role-scopes';
export { roleSchedule, type RoleScheduleCommand } from './role-schedule.decide';
export type { CarryOutOrder } from './role-schedule.carry-out.decide';
export { narrowedFrom, type Narrowed } from './narrowings';
export {
  widerGround,
  type GrantNarrowed,
  type NarrowActivation,
  type SettleNarrowed,
  type WiderGround,
} from './role-schedule.narrow.decide';
export type { AssignStanding, RemoveStanding } from './role-schedule.standing.decide';
export type { Judged, OrderFacts } from './schedule-order';
export type { CancelScheduled } from './role-schedule.cancel.decide';
export { reminderAt, type ExpireSchedule, type RemindOfEnd, type StartSchedule } from './role-schedule.clock.decide';
export type { BarPrincipal, EndHoldings, LiftBar } from './role-schedule.disable.decide';
export { badRequest, isEnabled, notFound, type Account, type PrincipalState } from './principal';
export { defaultAttributes } from './principal-attributes';
export { principal, type PrincipalCommand } from './principal.decide';
export type { DisablePrincipal, EnablePrincipal, RefuseDisable, RequestDisable } from './principal.account.decide';
export type { ChangeAttributes, DeletePrincipal, RegisterPrincipal } from './principal.life.decide';
export { mostManagersAbove, requireManagerFit, type ManagerToBe } from './principal.manager';
export { approverGroups, type ApproverGroups } from './approver-groups';
export { isProtectedGroup } from './principal.approver-group.decide';
export { requireMemberFit, requireOwnerFit } from './principal.member.decide';
export type {
  AddGroupMember,
  AddGroupOwner,
  Joined,
  Joiner,
  RemoveGroupMember,
  RemoveGroupOwner,
  TakeBackMember,
} from './principal.member.decide';
export { nextSwitchStep, type Guard, type Switching, type SwitchStep } from './switch-account';
export { roleIn, type RoleCatalogueState, type RoleDefinitionState } from './role-definition';
export { roleDefinition, type RegisterRoleDefinition } from './role-definition.decide';
export {
  isSameName,
  type CatalogueFacts,
  type CreateRoleDefinition,
  type DeleteRoleDefinition,
  type UpdateRoleDefinition,
} from './role-definition.custom.decide';
