import type { RoleScheduleEvent } from '@pim/contracts';
import type { Decider } from '@pim/kernel';
import { cancelScheduled, type CancelScheduled } from './role-schedule.cancel.decide';
import { carryOutOrder, type CarryOutOrder } from './role-schedule.carry-out.decide';
import { expireSchedule, startSchedule, type ExpireSchedule, type StartSchedule } from './role-schedule.clock.decide';
import {
  barPrincipal,
  endHoldings,
  liftBar,
  type BarPrincipal,
  type EndHoldings,
  type LiftBar,
} from './role-schedule.disable.decide';
import { evolve, initial, type RoleScheduleState } from './role-schedule';

export type RoleScheduleCommand =
  CarryOutOrder | CancelScheduled | StartSchedule | ExpireSchedule | BarPrincipal | EndHoldings | LiftBar;

const decide = (command: RoleScheduleCommand, state: RoleScheduleState): readonly RoleScheduleEvent[] => {
  switch (command.type) {
    case 'CarryOutOrder':
      return carryOutOrder(command.data, state);
    case 'CancelScheduled':
      return cancelScheduled(command.data, state);
    case 'StartSchedule':
      return startSchedule(command.data, state);
    case 'ExpireSchedule':
      return expireSchedule(command.data, state);
    case 'BarPrincipal':
      return barPrincipal(command.data, state);
    case 'EndHoldings':
      return endHoldings(command.data, state);
    case 'LiftBar':
      return liftBar(command.data, state);
  }
};

/**
 * The guard of one role at one scope: who may activate it, who holds it, and that a protected one is never without a
 * permanent holder. Only `BarPrincipal` and `EndHoldings` reject, for those who switch accounts; every other refusal is a
 * fact (`ScheduleChangeRefused`).
 */
export const roleSchedule: Decider<RoleScheduleState, RoleScheduleCommand, RoleScheduleEvent> = {
  initial,
  evolve,
  decide,
};
