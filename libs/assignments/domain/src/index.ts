export { inEffect, isLive, type Assignment, type Eligibility, type RoleAtScope, type Schedule } from './schedule';
export { scheduleOf, type RoleScheduleState } from './role-schedule';
export {
  activeAt,
  eligibilityFor,
  expiredOf,
  groupsIn,
  holdsAt,
  liveSchedulesOf,
  schedulesOf,
} from './role-schedule-answers';
export { roleSchedule, type RoleScheduleCommand } from './role-schedule.decide';
export type { CarryOutOrder } from './role-schedule.carry-out.decide';
export type { OrderFacts } from './schedule-order';
export type { CancelScheduled } from './role-schedule.cancel.decide';
export { reminderAt, type ExpireSchedule, type RemindOfEnd, type StartSchedule } from './role-schedule.clock.decide';
export type { BarPrincipal, EndHoldings, LiftBar } from './role-schedule.disable.decide';
export { isEnabled, type Account, type PrincipalState } from './principal';
export {
  principal,
  type AddGroupMember,
  type DisablePrincipal,
  type EnablePrincipal,
  type PrincipalCommand,
  type RefuseDisable,
  type RegisterPrincipal,
  type RequestDisable,
} from './principal.decide';
export { nextSwitchStep, type Guard, type Switching, type SwitchStep } from './switch-account';
export { roleDefinition, type RegisterRoleDefinition, type RoleDefinitionState } from './role-definition.decide';
