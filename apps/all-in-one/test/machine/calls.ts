import type { PolicyRule } from '@pim/contracts';
import type { RecordedEvent } from '@pim/engine';
import { later } from '@pim/kernel';
import { judge, type Ask } from '@pim/requests/domain';
import { endHoldingsOf } from './handlers';
import type { MoveOf } from './move';
import { actor, isAdministrator, isOn, judgeFacts, place, policyId } from './people';
import { changeOf } from './settings';
import { digestOf, openedIn, shownNow, voterOf, type Shown } from './voting';
import type { Task } from './lanes';
import { owned, type World } from './world';

// What people do at a client. Whoever's account is off is stopped at the door.

/** How an answer that was recorded came about. */
export interface Note {
  /** Where the log ended when the answer was sent, and when that was. */
  readonly from: number;
  readonly since: string;
  /** What its digest was of; null: it had none. */
  readonly shown: Shown | null;
}

const plus = (world: World, minutes: number): string => later(world.now, minutes * 60_000) ?? world.now;

type Asked = MoveOf<'assign'> | MoveOf<'remove'> | MoveOf<'activate'> | MoveOf<'deactivate'>;

const actions = {
  assign: ['adminAssign', 'eligibility'],
  remove: ['adminRemove', 'eligibility'],
  activate: ['selfActivate', 'assignment'],
  deactivate: ['selfDeactivate', 'assignment'],
} as const;

const scheduleOf = (world: World, move: Asked): Ask['schedule'] => {
  if (!('lasts' in move)) return null;
  const { starts, lasts } = move;
  const startDateTime = starts === null ? null : plus(world, starts);
  if (lasts === null) return { startDateTime, expiration: { type: 'noExpiration', endDateTime: null, duration: null } };
  const endDateTime = plus(world, (starts ?? 0) + lasts);
  return 'until' in move && move.until
    ? { startDateTime, expiration: { type: 'afterDateTime', endDateTime, duration: null } }
    : { startDateTime, expiration: { type: 'afterDuration', endDateTime: null, duration: `PT${lasts}M` } };
};

const askOf = (world: World, requestId: string, move: Asked): Ask => {
  const [action, kind] = actions[move.do];
  return {
    requestId,
    kind,
    action,
    principalId: move.who,
    ...place,
    appScopeId: null,
    schedule: scheduleOf(world, move),
    justification: 'because',
    ticket: null,
    isValidationOnly: false,
    targetScheduleId: null,
    customData: null,
    isEmergency: false,
  };
};

/** Judged under what is so now; on record a moment later. */
export function* ask(world: World, requestId: string, by: string, move: Asked): Task {
  if (!isOn(world, by)) return;
  const asked = askOf(world, requestId, move);
  const facts = judgeFacts(world, by, asked, move.do === 'activate' && move.sees);
  const judged = judge(asked, facts);
  yield;
  const { now } = facts;
  if (judged.verdict === 'refused') {
    const { content, code, message } = judged;
    world.give(owned.request, requestId, { type: 'RefuseRequest', data: { content, code, message, now } });
  } else {
    const { verdict: _, ...accepted } = judged;
    world.give(owned.request, requestId, { type: 'SubmitRequest', data: { ...accepted, now } });
  }
}

/** Only who created it, or an administrator, gets anywhere. */
export function* cancel(world: World, requestId: string, by: string): Task {
  if (!isOn(world, by)) return;
  yield;
  const data = { by: actor(by), isAdministrator: isAdministrator(by), now: world.now };
  world.give(owned.request, requestId, { type: 'CancelRequest', data });
}

/** Somebody's answer, and where to note how it came about. */
export interface Answering {
  readonly approvalId: string;
  readonly by: string;
  /** The digest it carries, and what that was of. */
  readonly shown: Shown | null;
  readonly note: (event: RecordedEvent, note: Note) => void;
}

export function* answer(world: World, { approvalId, by, shown, note }: Answering, move: MoveOf<'answer'>): Task {
  const state = openedIn(world, approvalId);
  if (state === null || !isOn(world, by)) return;
  const how: Note = { from: world.log.length, since: world.now, shown };
  const voter = voterOf(world, state, by);
  yield;
  const digest = digestOf(shownNow(world, state));
  yield;
  const data = {
    approvalId,
    stage: move.stage === 0 ? state.stages.length : move.stage,
    decision: move.says,
    justification: move.reason,
    maximumMs: move.atMost === null ? null : move.atMost * 60_000,
    narrowing: null,
    ...voter,
    basis: {
      stage: state.stages.length,
      digest,
      orderVersion: state.orderVersion,
      shownDigest: shown && digestOf(shown),
    },
    now: world.now,
  };
  for (const event of world.give(owned.approval, approvalId, { type: 'Decide', data })) note(event, how);
}

export function* delegate(world: World, delegationId: string, from: string, move: MoveOf<'delegate'>): Task {
  const { to } = move;
  if (!isOn(world, from)) return;
  const isDelegateKnown = isOn(world, to);
  yield;
  const times = { start: plus(world, move.starts), end: plus(world, move.starts + move.lasts) };
  const data = { delegationId, delegateId: to, isDelegateKnown, ...times, justification: '', by: actor(from) };
  world.give(owned.delegation, from, { type: 'StartDelegation', data: { ...data, now: world.now } });
}

export function* takeBack(world: World, delegationId: string, from: string): Task {
  if (!isOn(world, from)) return;
  const data = { delegationId, delegatorId: from, by: actor(from), now: world.now };
  world.give(owned.delegation, from, { type: 'EndDelegation', data });
}

export function* changeSettings(world: World, by: string, rule: PolicyRule): Task {
  if (!isOn(world, by)) return;
  yield;
  world.give(owned.policy, policyId, changeOf(rule, by, world.now));
}

export function* switchAccount(world: World, principalId: string, on: boolean): Task {
  const by = actor('ada');
  if (!on) {
    world.give(owned.principal, principalId, { type: 'RequestDisable', data: { principalId, by, now: world.now } });
    return;
  }
  const state = world.state(owned.principal, principalId);
  yield* endHoldingsOf(world, principalId);
  if (state.status !== 'known') return;
  const data = { principalId, timesOff: state.timesOff, by, now: world.now };
  world.give(owned.principal, principalId, { type: 'EnablePrincipal', data });
}
