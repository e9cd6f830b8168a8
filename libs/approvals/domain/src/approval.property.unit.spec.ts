import type { Actor, ApprovalEvent, ApprovalTerms, ScheduleOrder } from '@pim/contracts';
import { fold, Rejection } from '@pim/kernel';
import fc from 'fast-check';
import { approval, type ApprovalCommand } from './approval.decide';
import { isSettled } from './approval';

const ends = ['ApprovalGranted', 'ApprovalDenied', 'ApprovalLapsed', 'ApprovalWithdrawn'];
const day = Date.parse('2026-03-02T00:00:00.000Z');
const deadline = new Date(day + 5).toISOString();
const terms: ApprovalTerms = { approvers: [], isApproverJustificationRequired: false, deadline };
const orderOf = (principalId: string, actorId: string): ScheduleOrder => ({
  requestId: 'r1',
  kind: 'assignment',
  action: 'selfActivate',
  principalId,
  roleDefinitionId: 'role',
  directoryScopeId: '/',
  startDateTime: null,
  durationMs: 3_600_000,
  endDateTime: null,
  targetScheduleId: null,
  actor: { id: actorId, kind: 'user' },
});

// Few people and ten milliseconds around the deadline, so that collisions are the rule. Clocks may go back.
const person = fc.constantFrom('erin', 'frank', 'alice', 'bob');
const now = fc.integer({ min: 0, max: 9 }).map((ms) => new Date(day + ms).toISOString());
const by: fc.Arbitrary<Actor> = fc.record({
  id: person,
  kind: fc.constantFrom('user', 'user', 'user', 'application'),
});
const decideCommand = fc.record({
  approvalId: fc.constant('r1'),
  decision: fc.constantFrom('Approve', 'Deny'),
  justification: fc.constantFrom('', 'INC-7'),
  by,
  isApprover: fc.boolean(),
  now,
});
const command: fc.Arbitrary<ApprovalCommand> = fc.oneof(
  fc.tuple(person, person, now).map(([principal, actor, at]) => ({
    type: 'OpenApproval' as const,
    data: { approvalId: 'r1', terms, order: orderOf(principal, actor), now: at },
  })),
  { weight: 4, arbitrary: decideCommand.map((data) => ({ type: 'Decide' as const, data })) },
  now.map((at) => ({ type: 'LapseApproval' as const, data: { approvalId: 'r1', now: at } })),
  now.map((at) => ({ type: 'WithdrawApproval' as const, data: { approvalId: 'r1', now: at } })),
);

const attempt = (given: ApprovalCommand, history: readonly ApprovalEvent[]): readonly ApprovalEvent[] => {
  try {
    return approval.decide(given, fold(approval, history));
  } catch (error) {
    if (error instanceof Rejection) return [];
    throw error;
  }
};

/** Whatever came of it, the event says of itself what it is about, as it was opened. */
const checkAbout = ({ data }: ApprovalEvent, order: ScheduleOrder | undefined) => {
  if (!('principalId' in data)) return;
  const { principalId, roleDefinitionId, directoryScopeId } = data;
  expect(order).toMatchObject({ principalId, roleDefinitionId, directoryScopeId });
};

const check = ({ type, data }: ApprovalEvent, cause: ApprovalCommand, order: ScheduleOrder | undefined) => {
  if (type === 'ApprovalLapsed') expect(cause.data.now >= deadline).toBe(true);
  if (type !== 'ApprovalGranted' && type !== 'ApprovalDenied') return;
  expect(cause).toMatchObject({ type: 'Decide', data: { isApprover: true, by: { kind: 'user' } } });
  expect(data.at < deadline).toBe(true);
  expect([order?.principalId, order?.actor.id]).not.toContain(data.by.id);
  if (type === 'ApprovalGranted') expect(data.order).toEqual(order);
};

it('has one outcome, never by the requestor, never after the deadline, however commands interleave', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(fc.array(command, { maxLength: 25 }), (commands) => {
      const history: ApprovalEvent[] = [];
      for (const next of commands) {
        const events = attempt(next, history);
        const open = history.find((event) => event.type === 'ApprovalOpened');
        events.forEach((event) => check(event, next, open?.data.order));
        events.forEach((event) => checkAbout(event, open?.data.order));
        history.push(...events);
        expect(attempt(next, history)).toEqual([]);
      }
      const outcomes = history.filter((event) => ends.includes(event.type));
      outcomes.forEach((event) => reached.add(event.type));
      expect(outcomes.length).toBeLessThanOrEqual(1);
      expect(isSettled(fold(approval, history))).toBe(outcomes.length === 1);
      expect(history.filter((event) => event.type === 'ApprovalOpened').length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 500, seed: 20260302 },
  );
  // Otherwise the property above would hold of nothing.
  expect([...reached].sort()).toEqual([...ends].sort());
});
