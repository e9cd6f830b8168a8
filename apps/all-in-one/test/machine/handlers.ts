import {
  askedApprovers,
  ChangeApprovalCommand,
  CheckApproversCommand,
  CheckApproversOfCommand,
} from '@pim/approvals/service';
import { liveSchedulesOf, nextSwitchStep, type RoleScheduleCommand } from '@pim/assignments/domain';
import {
  CarryOutOrderCommand,
  ChangeScheduleCommand,
  SettleAccountCommand,
  withdrawals,
} from '@pim/assignments/service';
import type { ScheduleOrder } from '@pim/contracts';
import { isEverEligible } from '@pim/requests/domain';
import { RecordOutcomeCommand, RevokeGroundlessCommand } from '@pim/requests/service';
import { actor, guardId, isOn, orderFacts, roleSeen, waitingOf } from './people';
import { possible } from './voting';
import type { Task } from './lanes';
import { owned, type World } from './world';

// Each does what the handler of its command does, and yields where that one waits: there anything may come between.

function* recordOutcome(world: World, { requestId, outcome }: RecordOutcomeCommand): Task {
  world.give(owned.request, requestId, outcome);
}

function* revokeGroundless(world: World, { shaken }: RevokeGroundlessCommand): Task {
  const waiting = waitingOf(world, shaken.principalId);
  const { now } = world;
  yield;
  for (const id of waiting) {
    const request = world.state(owned.request, id);
    const principalId = request.status === 'absent' ? '' : request.ref.principalId;
    if (isOn(world, principalId) && isEverEligible(roleSeen(world), [principalId], now)) continue;
    yield;
    world.give(owned.request, id, { type: 'RecordGroundLost', data: { now } });
    yield;
  }
}

function* changeApproval(world: World, { approvalId, change }: ChangeApprovalCommand): Task {
  if (change.type === 'WithdrawAsked' && !world.view(askedApprovers, approvalId)) return;
  yield;
  const { now } = world;
  if (change.type === 'OpenApproval')
    world.give(owned.approval, approvalId, { type: 'OpenApproval', data: { ...change, approvalId, now } });
  else {
    const type = change.type === 'WithdrawAsked' ? 'WithdrawApproval' : change.type;
    world.give(owned.approval, approvalId, { type, data: { approvalId, now } });
  }
}

function* checkApprovers(world: World, { approvalId }: Pick<CheckApproversCommand, 'approvalId'>): Task {
  const state = world.state(owned.approval, approvalId);
  if (state.status !== 'open') return;
  const data = { approvalId, possible: possible(world, state), now: world.now };
  yield;
  world.give(owned.approval, approvalId, { type: 'CheckApprovers', data });
}

function* checkApproversOf(world: World): Task {
  for (const approvalId of world.ids(owned.approval)) yield* checkApprovers(world, { approvalId });
}

const guard = (world: World, command: RoleScheduleCommand): void => void world.give(owned.guard, guardId, command);

function* carryOut(world: World, { order }: CarryOutOrderCommand): Task {
  const facts = orderFacts(world, order.principalId);
  if (world.view(withdrawals, order.requestId)) return;
  yield;
  guard(world, { type: 'CarryOutOrder', data: { order, facts } });
  yield;
  yield* takeBack(world, order);
}

function* takeBack(world: World, { requestId, principalId }: ScheduleOrder): Task {
  const withdrawal = world.view(withdrawals, requestId);
  const { principalEnabled, now } = orderFacts(world, principalId);
  yield;
  if (withdrawal) {
    const by = withdrawal.by ?? actor('machine');
    const data = { requestId, scheduleId: requestId, isProtected: false, by, now };
    guard(world, { type: 'CancelScheduled', data });
  }
  yield;
  if (!principalEnabled) endHoldings(world, principalId, [requestId]);
}

const endHoldings = (world: World, principalId: string, scheduleIds: readonly string[]): void => {
  const reason = 'principal-disabled' as const;
  const data = { principalId, scheduleIds, isProtected: false, reason, by: actor('machine'), now: world.now };
  guard(world, { type: 'EndHoldings', data });
};

function* changeSchedule(world: World, { schedule: { scheduleId }, change }: ChangeScheduleCommand): Task {
  const { now } = world;
  if (change.type === 'CancelScheduled')
    guard(world, { type: change.type, data: { ...change, scheduleId, isProtected: false, now } });
  else if (change.type !== 'RemindOfEnd') guard(world, { type: change.type, data: { scheduleId, now } });
}

/** No role here must keep holders: there is no guard to ask. */
function* settleAccount(world: World, { principalId }: SettleAccountCommand): Task {
  for (;;) {
    const about = { principalId, principal: world.state(owned.principal, principalId), guards: [], refusal: null };
    const step = nextSwitchStep({ ...about, by: actor('machine'), now: world.now });
    yield;
    if (step?.at !== 'principal') break;
    world.give(owned.principal, principalId, step.command);
    yield;
  }
  yield* endHoldingsOf(world, principalId);
}

/** Ends what is held by an account that is off. */
export function* endHoldingsOf(world: World, principalId: string): Task {
  if (isOn(world, principalId)) return;
  yield;
  const live = liveSchedulesOf(world.state(owned.guard, guardId), principalId, world.now);
  if (isOn(world, principalId)) return;
  yield;
  endHoldings(
    world,
    principalId,
    live.map(({ scheduleId }) => scheduleId),
  );
}

type Run = (world: World, command: object) => Task | null;

const on =
  <C extends object>(kind: new (...given: never[]) => C, run: (world: World, command: C) => Task): Run =>
  (world, command) =>
    command instanceof kind ? run(world, command) : null;

const runs: readonly Run[] = [
  on(RecordOutcomeCommand, recordOutcome),
  on(RevokeGroundlessCommand, revokeGroundless),
  on(ChangeApprovalCommand, changeApproval),
  on(CheckApproversCommand, checkApprovers),
  on(CheckApproversOfCommand, checkApproversOf),
  on(CarryOutOrderCommand, carryOut),
  on(ChangeScheduleCommand, changeSchedule),
  on(SettleAccountCommand, settleAccount),
];

/** Does what a reaction or a deadline asks for. */
export const handle = (world: World, command: object): Task => {
  for (const run of runs) {
    const task = run(world, command);
    if (task) return task;
  }
  throw new Error(`Nobody here handles ${command.constructor.name}. Add a handler, or leave its reaction out.`);
};
