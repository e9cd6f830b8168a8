import type { RoleScheduleEvent } from '@pim/contracts';
import type { Decider } from '@pim/kernel';
import { cancelScheduled, type CancelScheduled } from './role-schedule.cancel.decide';
import { carryOutOrder, type CarryOutOrder } from './role-schedule.carry-out.decide';
import {
  expireSchedule,
  remindOfEnd,
  startSchedule,
  type ExpireSchedule,
  type RemindOfEnd,
  type StartSchedule,
} from './role-schedule.clock.decide';
import {
  barPrincipal,
  endHoldings,
  liftBar,
  type BarPrincipal,
  type EndHoldings,
  type LiftBar,
} from './role-schedule.disable.decide';
import {
  grantNarrowed,
  narrowActivation,
  settleNarrowed,
  type GrantNarrowed,
  type NarrowActivation,
  type SettleNarrowed,
} from './role-schedule.narrow.decide';
import { endSeparated, type EndSeparated } from './role-schedule.separation.decide';
import {
  assignStanding,
  removeStanding,
  type AssignStanding,
  type RemoveStanding,
} from './role-schedule.standing.decide';
import { setMinimumHolders, type SetMinimumHolders } from './role-schedule.minimum.decide';
import { evolve, initial, type RoleScheduleState } from './role-schedule';

export type RoleScheduleCommand =
  | CarryOutOrder
  | CancelScheduled
  | StartSchedule
  | ExpireSchedule
  | RemindOfEnd
  | NarrowActivation
  | GrantNarrowed
  | SettleNarrowed
  | AssignStanding
  | RemoveStanding
  | SetMinimumHolders
  | BarPrincipal
  | EndHoldings
  | EndSeparated
  | LiftBar;

type DataOf = { readonly [C in RoleScheduleCommand as C['type']]: C['data'] };
type CommandOf<T extends keyof DataOf> = { readonly [K in T]: { readonly type: K; readonly data: DataOf[K] } }[T];

const decisions: {
  readonly [T in keyof DataOf]: (data: DataOf[T], state: RoleScheduleState) => readonly RoleScheduleEvent[];
} = {
  CarryOutOrder: carryOutOrder,
  CancelScheduled: cancelScheduled,
  StartSchedule: startSchedule,
  ExpireSchedule: expireSchedule,
  RemindOfEnd: remindOfEnd,
  NarrowActivation: narrowActivation,
  GrantNarrowed: grantNarrowed,
  SettleNarrowed: settleNarrowed,
  AssignStanding: assignStanding,
  RemoveStanding: removeStanding,
  SetMinimumHolders: setMinimumHolders,
  BarPrincipal: barPrincipal,
  EndHoldings: endHoldings,
  EndSeparated: endSeparated,
  LiftBar: liftBar,
};

const decide = <T extends keyof DataOf>(
  { type, data }: CommandOf<T>,
  state: RoleScheduleState,
): readonly RoleScheduleEvent[] => decisions[type](data, state);

/**
 * The guard of one role at one scope: who may activate it, who holds it, and that one that must keep holders is
 * never without them. Only `BarPrincipal`, `EndHoldings` and `EndSeparated` reject, which nobody asks for by a request;
 * every other refusal is a fact (`ScheduleChangeRefused`).
 */
export const roleSchedule: Decider<RoleScheduleState, RoleScheduleCommand, RoleScheduleEvent> = {
  initial,
  evolve,
  decide,
};
