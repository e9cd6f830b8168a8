import { approval, type Decide } from '@pim/approvals/domain';
import { roleSchedule } from '@pim/assignments/domain';
import { at, carryOut, eligible, minutes, order as orderFor } from '@pim/assignments/domain/spec';
import type { ApprovalEvent, ApprovalStageTerms, RoleScheduleEvent, ScheduleOrder } from '@pim/contracts';
import { fold, Rejection } from '@pim/kernel';
import fc from 'fast-check';

/** What was asked for at minute 0: for how long, or until when. */
const asked = fc
  .record({
    start: fc.constantFrom(null, null, 100),
    length: fc.integer({ min: 5, max: 600 }),
    isDuration: fc.boolean(),
  })
  .map(({ start, length, isDuration }) =>
    orderFor('selfActivate', 'r1', {
      startDateTime: start === null ? null : at(start),
      durationMs: isDuration ? minutes(length) : null,
      endDateTime: isDuration ? null : at((start ?? 0) + length),
      actor: { id: 'erin', kind: 'user' },
    }),
  );

/** An approver who says yes so many minutes after the one before, for so long at the most. */
const yes = fc.record({
  after: fc.integer({ min: 0, max: 120 }),
  maximum: fc.option(fc.integer({ min: 1, max: 600 }), { freq: 4 }),
});

const stage: ApprovalStageTerms = {
  approvers: [],
  requiredApprovals: 1,
  isApproverJustificationRequired: false,
  windowMs: minutes(1_440),
  escalation: null,
  remindEveryMs: null,
};

interface Run {
  readonly events: ApprovalEvent[];
  /** What those who agreed allowed at the most, in minutes. */
  readonly allowed: number[];
  now: number;
}

const opened = (order: ScheduleOrder, stages: number): ApprovalEvent => {
  const terms = { stages: Array.from({ length: stages }, () => stage), deadline: at(1_440), policyAuthorIds: [] };
  return { type: 'ApprovalOpened', data: { approvalId: 'r1', terms, order, at: at(0) } };
};

const decide = (run: Run, rest: Pick<Decide['data'], 'by' | 'maximumMs'>): readonly ApprovalEvent[] => {
  const state = fold(approval, run.events);
  if (state.status !== 'open') return [];
  const basis = { stage: state.stages.length, digest: 'd', orderVersion: state.orderVersion, shownDigest: null };
  const answer = { approvalId: 'r1', stage: state.stages.length, decision: 'Approve', justification: '' } as const;
  const data = { ...answer, ...rest, narrowing: null, onBehalfOf: null, isApprover: true, basis, now: at(run.now) };
  try {
    return approval.decide({ type: 'Decide', data }, state);
  } catch (error) {
    if (error instanceof Rejection) return [];
    throw error;
  }
};

const answer = (run: Run, id: string, { after, maximum }: { after: number; maximum: number | null }): void => {
  run.now += after;
  const events = decide(run, { by: { id, kind: 'user' }, maximumMs: maximum === null ? null : minutes(maximum) });
  if (events.length > 0 && maximum !== null) run.allowed.push(maximum);
  run.events.push(...events);
};

const carriedOut = (order: ScheduleOrder, now: number): RoleScheduleEvent | undefined =>
  roleSchedule.decide(carryOut(order, { now: at(now) }), fold(roleSchedule, [eligible('e1')]))[0];

/** When it has to end at the latest, in the order of time. */
const limits = ({ durationMs, endDateTime }: ScheduleOrder, allowed: readonly number[], start: string): string[] =>
  [
    ...allowed.map((length) => Date.parse(start) + minutes(length)),
    endDateTime === null ? Date.parse(start) + (durationMs ?? 0) : Date.parse(endDateTime),
  ].map((limit) => new Date(limit).toISOString());

it('ends when the shortest of what was asked for and allowed does, whenever approvers answer and it is carried out', () => {
  const reached = { endAsked: 0, allowance: 0, over: 0 };
  fc.assert(
    fc.property(
      asked,
      fc.array(yes, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 0, max: 120 }),
      (order, answers, stages, delay) => {
        const run: Run = { events: [opened(order, stages)], allowed: [], now: 0 };
        answers.forEach((one, index) => answer(run, `approver-${index}`, one));
        const last = run.events.at(-1);
        if (last?.type !== 'ApprovalGranted') return;
        const outcome = carriedOut(last.data.order, run.now + delay);
        if (outcome?.type !== 'AssignmentGranted') {
          reached.over += 1;
          return;
        }
        const [shortest] = limits(order, run.allowed, outcome.data.start).sort();
        expect(outcome.data.end).toBe(shortest);
        reached[shortest === order.endDateTime ? 'endAsked' : 'allowance'] += 1;
      },
    ),
    { numRuns: 1_000, seed: 20260302 },
  );
  // Otherwise the property above would hold of nothing.
  expect(Math.min(...Object.values(reached))).toBeGreaterThan(30);
});
