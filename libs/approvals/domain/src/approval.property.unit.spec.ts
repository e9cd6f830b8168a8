import type {
  Actor,
  ApprovalEvent,
  ApprovalStageTerms,
  ApprovalTerms,
  ApprovedOrder,
  ScheduleOrder,
} from '@pim/contracts';
import { fold, Rejection } from '@pim/kernel';
import fc from 'fast-check';
import { approval, type ApprovalCommand } from './approval.decide';
import { isSettled, openedOf, type ApprovalState } from './approval';
import { peopleOf } from './stage';

const ends = ['ApprovalGranted', 'ApprovalDenied', 'ApprovalLapsed', 'ApprovalWithdrawn'];
const day = Date.parse('2026-03-02T00:00:00.000Z');
const deadline = new Date(day + 5).toISOString();

const stage = fc.record({
  approvers: fc.constantFrom([], [{ type: 'singleUser' as const, id: 'alice', description: null }]),
  requiredApprovals: fc.constantFrom(1, 1, 2, 3),
  isApproverJustificationRequired: fc.boolean(),
  windowMs: fc.integer({ min: 1, max: 6 }),
  escalation: fc.constantFrom(null, { afterMs: 2, approvers: [] }),
  remindEveryMs: fc.constantFrom(null, 1, 2),
}) satisfies fc.Arbitrary<ApprovalStageTerms>;
const terms: fc.Arbitrary<ApprovalTerms> = fc.record({
  stages: fc.array(stage, { minLength: 1, maxLength: 3 }),
  deadline: fc.constant(deadline),
  policyAuthorIds: fc.constantFrom([], ['paul'], ['ada', 'paul']),
});
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
const approver = fc.constantFrom('alice', 'bob', 'carol', 'dora');
const person = fc.oneof({ weight: 4, arbitrary: approver }, fc.constantFrom('erin', 'frank', 'paul'));
const now = fc.integer({ min: 0, max: 9 }).map((ms) => new Date(day + ms).toISOString());
const by: fc.Arbitrary<Actor> = fc.record({
  id: person,
  kind: fc.constantFrom('user', 'user', 'user', 'application'),
});
const decideCommand = fc.record({
  approvalId: fc.constant('r1'),
  stage: fc.constantFrom(1, 1, 1, 2, 2, 3),
  decision: fc.constantFrom('Approve', 'Approve', 'Approve', 'Deny'),
  justification: fc.constantFrom('', 'INC-7'),
  maximumMs: fc.constantFrom(null, null, 1_800_000, 7_200_000),
  narrowing: fc
    .constantFrom(null, null, null, null, null, '/', '/administrativeUnits/one', '/administrativeUnits/two')
    .map((to) => to && { directoryScopeId: to, isOfGroup: false, isKnown: true, isAllowed: true }),
  by,
  onBehalfOf: fc.option(person, { freq: 4 }),
  isApprover: fc.constantFrom(true, true, false),
  basis: fc.record({
    stage: fc.constantFrom(1, 1, 2, 2, 3),
    digest: fc.constant('d'),
    orderVersion: fc.constantFrom(0, 0, 1),
    shownDigest: fc.constantFrom(null, 'd', 'x'),
  }),
  now,
});
/** Nobody delegates to themselves. */
const ownAnswer = <A extends { readonly by: Actor; readonly onBehalfOf: string | null }>(answer: A): A =>
  answer.onBehalfOf === answer.by.id ? { ...answer, onBehalfOf: null } : answer;
const clock = fc.constantFrom('LapseApproval', 'WithdrawApproval', 'EscalateApproval', 'RemindApprovers');
const command: fc.Arbitrary<ApprovalCommand> = fc.oneof(
  fc.tuple(terms, now).map(([given, at]) => ({
    type: 'OpenApproval' as const,
    data: { approvalId: 'r1', terms: given, order: orderOf('erin', 'frank'), now: at },
  })),
  { weight: 8, arbitrary: decideCommand.map((data) => ({ type: 'Decide' as const, data: ownAnswer(data) })) },
  fc.tuple(clock, now).map(([type, at]) => ({ type, data: { approvalId: 'r1', now: at } })),
  fc.tuple(fc.nat(3), now).map(([possible, at]) => ({
    type: 'CheckApprovers' as const,
    data: { approvalId: 'r1', possible, now: at },
  })),
);

const attempt = (given: ApprovalCommand, state: ApprovalState): readonly ApprovalEvent[] => {
  try {
    return approval.decide(given, state);
  } catch (error) {
    if (error instanceof Rejection) return [];
    throw error;
  }
};

const isAnswer = (event: ApprovalEvent) =>
  event.type === 'ApprovalAgreed' || event.type === 'ApprovalGranted' || event.type === 'ApprovalDenied' ? event : null;

/** No longer, and nowhere else unless it was everywhere. */
const checkOrder = (after: ApprovedOrder, before: ApprovedOrder): void => {
  expect(after.durationMs).toBeLessThanOrEqual(before.durationMs!);
  expect(['/', after.directoryScopeId]).toContain(before.directoryScopeId);
  expect(after.narrowedFrom).toBe(after.directoryScopeId === '/' ? null : '/');
};

/** Of an answer that counts: who gave it, in time, about the stage that was asked, as it was shown. */
const checkAnswer = (event: ApprovalEvent, cause: ApprovalCommand, state: ApprovalState): void => {
  const answer = isAnswer(event);
  const before = openedOf(state);
  if (!answer) return;
  if (cause.type !== 'Decide' || before?.status !== 'open') throw new Error('an answer out of nothing');
  const { data } = cause;
  expect(data).toMatchObject({ isApprover: true, by: { kind: 'user' } });
  for (const id of ['erin', 'frank', ...before.terms.policyAuthorIds]) expect(peopleOf(data)).not.toContain(id);
  expect([data.stage, data.basis.stage]).toEqual([before.stages.length, before.stages.length]);
  expect(data.now < before.stages.at(-1)!.deadline).toBe(true);
  expect([null, data.basis.digest]).toContain(data.basis.shownDigest);
  expect(data.basis.orderVersion).toBe(before.orderVersion);
  if (answer.type !== 'ApprovalDenied') checkOrder(answer.data.order, before.order);
};

/** As many different people as each stage needs, and nobody in two of them. */
const checkQuorum = (state: ApprovalState): void => {
  if (state.status !== 'approved') return;
  const people = state.stages.flatMap(({ agreements }) => agreements.flatMap(peopleOf));
  expect(new Set(people).size).toBe(people.length);
  expect(state.stages.map(({ agreements }) => agreements.length)).toEqual(
    state.terms.stages.map(({ requiredApprovals }) => requiredApprovals),
  );
};

const checkTime = ({ type, data }: ApprovalEvent, cause: ApprovalCommand, state: ApprovalState): void => {
  const stage = openedOf(state)?.stages.at(-1);
  if (type === 'ApprovalLapsed') expect(cause.data.now >= stage!.deadline && data.at === stage!.deadline).toBe(true);
  if (type === 'ApprovalEscalated') expect(cause.data.now >= stage!.escalatesAt!).toBe(true);
};

/** Whatever came of it, the event says of itself what it is about, as it was opened. */
const checkAbout = ({ data }: ApprovalEvent): void => {
  if ('principalId' in data) expect(data).toMatchObject({ principalId: 'erin', roleDefinitionId: 'role' });
};

it('has one outcome, by as many others as it takes, in time, about what they saw, however commands interleave', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
      const history: ApprovalEvent[] = [];
      for (const next of commands) {
        const state = fold(approval, history);
        const events = attempt(next, state);
        for (const event of events) {
          checkAnswer(event, next, state);
          checkTime(event, next, state);
          checkAbout(event);
        }
        history.push(...events);
        expect(attempt(next, fold(approval, history))).toEqual([]);
      }
      checkQuorum(fold(approval, history));
      history.forEach(({ type }) => reached.add(type));
      const outcomes = history.filter((event) => ends.includes(event.type));
      expect(outcomes.length).toBeLessThanOrEqual(1);
      expect(isSettled(fold(approval, history))).toBe(outcomes.length === 1);
      expect(history.filter((event) => event.type === 'ApprovalOpened').length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 3_000, seed: 20260302 },
  );
  // Otherwise the property above would hold of nothing.
  expect(reached.size).toBe(11);
});
