import type {
  Actor,
  Agreement,
  ApprovalEvent,
  ApprovalStageTerms,
  ApprovalTerms,
  ApprovedOrder,
  ApproverAnswer,
} from '@pim/contracts';
import { fold } from '@pim/kernel';
import { specFor } from '@pim/kernel/spec';
import type { Decide } from './approval.answer';
import { approval, type ApprovalCommand } from './approval.decide';
import { isAssignedTo } from './approval-refusal';
import { stepsOf } from './approval-step';

const { given } = specFor(approval);
const user = (id: string): Actor => ({ id, kind: 'user' });
const [alice, bob, carol, dora] = ['alice', 'bob', 'carol', 'dora'].map(user) as [Actor, Actor, Actor, Actor];

const hour = 3_600_000;
const at = (hours: number): string => new Date(Date.parse('2026-03-02T08:00:00.000Z') + hours * hour).toISOString();

const stage = (change: Partial<ApprovalStageTerms> = {}): ApprovalStageTerms => ({
  approvers: [{ type: 'groupMembers', id: 'approvers', description: null }],
  requiredApprovals: 1,
  isApproverJustificationRequired: false,
  windowMs: 24 * hour,
  escalation: null,
  remindEveryMs: null,
  ...change,
});
const termsOf = (...stages: ApprovalStageTerms[]): ApprovalTerms => ({
  stages,
  deadline: at(24),
  policyAuthorIds: ['ada', 'paul'],
});
const order: ApprovedOrder = {
  requestId: 'r1',
  kind: 'assignment',
  action: 'selfActivate',
  principalId: 'erin',
  roleDefinitionId: 'role',
  directoryScopeId: '/',
  startDateTime: null,
  durationMs: 4 * hour,
  endDateTime: null,
  targetScheduleId: null,
  actor: user('erin'),
  narrowedFrom: null,
};
const about = { approvalId: 'r1', principalId: 'erin', roleDefinitionId: 'role', directoryScopeId: '/' };
const openedWith = (...stages: ApprovalStageTerms[]): ApprovalEvent => ({
  type: 'ApprovalOpened',
  data: { approvalId: 'r1', terms: termsOf(...stages), order, at: at(0) },
});

const answered = (by: Actor, change: Partial<ApproverAnswer> = {}): ApproverAnswer => ({
  approvalId: 'r1',
  stage: 1,
  justification: '',
  by,
  onBehalfOf: null,
  digest: 'd',
  at: at(1),
  ...change,
});
const agreed = (by: Actor, change: Partial<Agreement> = {}): ApprovalEvent => ({
  type: 'ApprovalAgreed',
  data: { order, narrowedTo: null, ...answered(by, change), ...change },
});
const granted = (by: Actor, change: Partial<Agreement> = {}): ApprovalEvent => ({
  type: 'ApprovalGranted',
  data: { order, narrowedTo: null, ...answered(by, change), ...change },
});
const secondOpened: ApprovalEvent = {
  type: 'ApprovalStageOpened',
  data: { ...about, stage: 2, deadline: at(25), escalatesAt: null, remindsAt: null, at: at(1) },
};
const says = (by: Actor, change: Partial<Decide['data']> = {}): ApprovalCommand => ({
  type: 'Decide',
  data: {
    approvalId: 'r1',
    stage: 1,
    decision: 'Approve',
    justification: '',
    by,
    onBehalfOf: null,
    isApprover: true,
    maximumMs: null,
    narrowing: null,
    basis: { stage: change.stage ?? 1, digest: 'd', orderVersion: 0, shownDigest: null },
    now: at(1),
    ...change,
  },
});
const deny = (by: Actor, change: Partial<Decide['data']> = {}): ApprovalCommand =>
  says(by, { decision: 'Deny', ...change });

describe('a stage that needs two', () => {
  const open = openedWith(stage({ requiredApprovals: 2 }));

  it('goes on with the first yes and is settled by the second', () => {
    given(open).when(says(alice)).then(agreed(alice));
    given(open, agreed(alice)).when(says(bob)).then(granted(bob));
  });
  it('is settled by the first no', () =>
    given(open, agreed(alice))
      .when(deny(bob))
      .then({ type: 'ApprovalDenied', data: { ...about, ...answered(bob) } }));
  it('lets the one who agreed say no after all', () =>
    given(open, agreed(alice))
      .when(deny(alice))
      .then({ type: 'ApprovalDenied', data: { ...about, ...answered(alice) } }));
  it('takes a yes that comes again in silence', () => given(open, agreed(alice)).when(says(alice)).thenNothing());
  it('counts nobody twice, not for others either', () => {
    given(open, agreed(alice))
      .when(says(alice, { onBehalfOf: 'bob' }))
      .thenRejected('Conflict');
    given(open, agreed(bob, { onBehalfOf: 'alice' }))
      .when(says(alice))
      .thenRejected('Conflict');
    given(open, agreed(bob, { onBehalfOf: 'alice' }))
      .when(says(carol, { onBehalfOf: 'alice' }))
      .thenRejected('Conflict');
  });
  it('shows everybody who answered, and stays in progress', () => {
    const [step] = stepsOf(fold(approval, [open, agreed(alice)]), at(2)) ?? [];
    expect(step).toMatchObject({ status: 'InProgress', reviewResult: 'NotReviewed', requiredApprovals: 2 });
    expect(step?.answers).toMatchObject([{ by: alice, reviewResult: 'Approved' }]);
  });
});

describe('stages', () => {
  const open = openedWith(stage(), stage({ approvers: [] }));

  it('begin one after the other, each with a window of its own', () =>
    given(open).when(says(alice)).then(agreed(alice), secondOpened));
  it('are settled by the last', () =>
    given(open, agreed(alice), secondOpened)
      .when(says(bob, { stage: 2, now: at(24.5) }))
      .then(granted(bob, { stage: 2, at: at(24.5) })));
  it('end together by a no, or when one is not decided in time', () => {
    given(open, agreed(alice), secondOpened)
      .when(deny(bob, { stage: 2 }))
      .then({ type: 'ApprovalDenied', data: { ...about, ...answered(bob, { stage: 2 }) } });
    given(open, agreed(alice), secondOpened)
      .when({ type: 'LapseApproval', data: { approvalId: 'r1', now: at(25) } })
      .then({ type: 'ApprovalLapsed', data: { ...about, at: at(25) } });
    given(open, agreed(alice), secondOpened)
      .when({ type: 'LapseApproval', data: { approvalId: 'r1', now: at(24) } })
      .thenNothing();
  });
  it('cannot be answered before they begin, nor when there are none', () => {
    given(open)
      .when(says(bob, { stage: 2 }))
      .thenRejected('InvalidRoleAssignmentRequest');
    given(open)
      .when(says(bob, { stage: 3 }))
      .thenRejected('ResourceNotFound');
  });
  it('cannot be answered after them', () => {
    given(open, agreed(alice), secondOpened).when(says(bob)).thenRejected('Conflict');
    given(open, agreed(alice), secondOpened).when(deny(alice)).thenRejected('Conflict');
    given(open, agreed(alice), secondOpened).when(says(alice)).thenNothing();
  });
  it('need somebody else each', () =>
    given(open, agreed(alice), secondOpened)
      .when(says(alice, { stage: 2 }))
      .thenRejected('Conflict'));
  it('are shown all, with those to come', () => {
    const shown = (...events: ApprovalEvent[]) =>
      stepsOf(fold(approval, events), at(2))?.map(({ number, status, reviewResult }) => [number, status, reviewResult]);
    expect(shown(open)).toEqual([
      [1, 'InProgress', 'NotReviewed'],
      [2, 'Initializing', 'NotReviewed'],
    ]);
    expect(shown(open, agreed(alice), secondOpened)).toEqual([
      [1, 'Completed', 'Approved'],
      [2, 'InProgress', 'NotReviewed'],
    ]);
    expect(shown(open, agreed(alice), secondOpened, granted(bob, { stage: 2 }))).toEqual([
      [1, 'Completed', 'Approved'],
      [2, 'Completed', 'Approved'],
    ]);
    expect(shown(open, { type: 'ApprovalDenied', data: { ...about, ...answered(bob) } })).toEqual([
      [1, 'Completed', 'Denied'],
      [2, 'Expired', 'NotReviewed'],
    ]);
  });
  it('are assigned when they are asked, and to who answered them', () => {
    const state = fold(approval, [open, agreed(alice), secondOpened]);
    const voter = (by: Actor) => ({ by, onBehalfOf: null, isApprover: true });
    expect([1, 2].map((number) => isAssignedTo(state, number, voter(bob)))).toEqual([false, true]);
    expect(isAssignedTo(state, 1, voter(alice))).toBe(true);
    expect(isAssignedTo(fold(approval, [open]), 2, voter(bob))).toBe(false);
  });
});

describe('who wrote the role settings', () => {
  const open = openedWith(stage());
  const paul = user('paul');
  const refusedTo = (by: Actor): ApprovalEvent => ({
    type: 'ApprovalDecisionRefused',
    data: { ...about, decision: 'Approve', reason: 'policy-author', by, at: at(1) },
  });

  it('does not decide what was asked for under them, nor does anybody for them', () => {
    for (const author of [paul, user('ada')]) given(open).when(says(author)).then(refusedTo(author));
    given(open)
      .when(says(bob, { onBehalfOf: 'paul' }))
      .then(refusedTo(bob));
  });
});

describe('whoever answers for somebody', () => {
  const open = openedWith(stage());

  it('is on record with both', () =>
    given(open)
      .when(says(dora, { onBehalfOf: 'alice' }))
      .then(granted(dora, { onBehalfOf: 'alice' })));
  it('does not do so for who asked', () =>
    given(open)
      .when(says(dora, { onBehalfOf: 'erin' }))
      .then({
        type: 'ApprovalDecisionRefused',
        data: { ...about, decision: 'Approve', reason: 'self-approval', by: dora, at: at(1) },
      }));
});

describe('an approver who shortens', () => {
  const open = openedWith(stage(), stage());
  const shorter: ApprovedOrder = { ...order, durationMs: hour };

  it('lets it go on for that long', () =>
    given(openedWith(stage()))
      .when(says(alice, { maximumMs: hour }))
      .then(granted(alice, { order: shorter })));
  it('changes what the next is asked, who must have seen it', () => {
    const next = fold(approval, [open, agreed(alice, { order: shorter }), secondOpened]);
    expect(next).toMatchObject({ order: shorter, orderVersion: 1 });
    given(open, agreed(alice, { order: shorter }), secondOpened)
      .when(says(bob, { stage: 2 }))
      .thenRejected('Conflict');
    given(open, agreed(alice, { order: shorter }), secondOpened)
      .when(says(bob, { stage: 2, basis: { stage: 2, digest: 'e', orderVersion: 1, shownDigest: 'e' } }))
      .then(granted(bob, { stage: 2, digest: 'e', order: shorter }));
  });
  it('does not lengthen it, nor to nothing', () => {
    given(open)
      .when(says(alice, { maximumMs: 5 * hour }))
      .thenRejected('InvalidRoleAssignmentRequest');
    given(open)
      .when(says(alice, { maximumMs: 60_000 }))
      .thenRejected('InvalidRoleAssignmentRequest');
  });
  it('can do so of what ends at a time', () => {
    const ending = { ...order, durationMs: null, endDateTime: at(5) };
    const opened: ApprovalEvent = {
      type: 'ApprovalOpened',
      data: { approvalId: 'r1', terms: termsOf(stage()), order: ending, at: at(0) },
    };
    given(opened)
      .when(says(alice, { maximumMs: 2 * hour }))
      .then(granted(alice, { order: { ...ending, durationMs: 2 * hour } }));
    given(opened)
      .when(says(alice, { maximumMs: 4.5 * hour }))
      .thenRejected('InvalidRoleAssignmentRequest');
  });
  it('leaves the end that was asked for to whoever is asked later', () => {
    const ending = { ...order, durationMs: 3 * hour, endDateTime: at(5) };
    const late = (hours: number, rest: { maximumMs: number }) =>
      says(bob, {
        stage: 2,
        now: at(hours),
        basis: { stage: 2, digest: 'd', orderVersion: 1, shownDigest: 'd' },
        ...rest,
      });
    const asked = given(
      { type: 'ApprovalOpened', data: { approvalId: 'r1', terms: termsOf(stage(), stage()), order, at: at(0) } },
      agreed(alice, { order: ending }),
      secondOpened,
    );
    asked.when(late(4, { maximumMs: 2 * hour })).thenRejected('InvalidRoleAssignmentRequest');
    asked
      .when(late(4, { maximumMs: hour / 2 }))
      .then(granted(bob, { stage: 2, order: { ...ending, durationMs: hour / 2 }, at: at(4) }));
    asked.when(late(6, { maximumMs: hour })).thenRejected('InvalidRoleAssignmentRequest');
  });
});

describe('an approver who narrows', () => {
  const unit = '/administrativeUnits/one';
  const narrowing = { directoryScopeId: unit, isOfGroup: false, isKnown: true, isAllowed: true };
  const narrower: ApprovedOrder = { ...order, directoryScopeId: unit, narrowedFrom: '/' };
  const narrowedBy = agreed(alice, { order: narrower, narrowedTo: unit });

  it('changes what the next is asked, who must have seen it and cannot widen it', () => {
    const inUnit = { ...secondOpened.data, directoryScopeId: unit };
    const history = [openedWith(stage(), stage()), narrowedBy, { ...secondOpened, data: inUnit } as ApprovalEvent];
    const seen = { stage: 2, digest: 'e', orderVersion: 1, shownDigest: 'e' };
    given(history[0]!)
      .when(says(alice, { narrowing }))
      .then(...history.slice(1));
    given(...history)
      .when(says(bob, { stage: 2 }))
      .thenRejected('Conflict');
    given(...history)
      .when(says(bob, { stage: 2, basis: seen, narrowing: { ...narrowing, directoryScopeId: '/' } }))
      .thenRejected('InvalidRoleAssignmentRequest');
    given(...history)
      .when(says(bob, { stage: 2, basis: seen }))
      .then(granted(bob, { stage: 2, digest: 'e', order: narrower }));
  });
  it('may shorten as well', () =>
    given(openedWith(stage()))
      .when(says(alice, { narrowing, maximumMs: hour }))
      .then(granted(alice, { order: { ...narrower, durationMs: hour }, narrowedTo: unit })));
});

describe('what was shown', () => {
  const open = openedWith(stage());
  const basis = (digest: string, shownDigest: string | null) => ({ stage: 1, digest, orderVersion: 0, shownDigest });

  it('must be what is decided about', () => {
    given(open)
      .when(says(alice, { basis: basis('d', 'x') }))
      .thenRejected('Conflict');
    given(open)
      .when(deny(alice, { basis: basis('d', 'x') }))
      .thenRejected('Conflict');
    given(open)
      .when(says(alice, { basis: basis('d', 'd') }))
      .then(granted(alice));
  });
  it('is of one stage: who might decide that one does not decide the next, which began meanwhile', () => {
    const opened = openedWith(stage(), stage());
    given(opened, agreed(alice), secondOpened)
      .when(says(bob, { stage: 2, basis: basis('d', null) }))
      .thenRejected('Conflict');
    given(opened, agreed(alice), secondOpened)
      .when(deny(bob, { stage: 2, basis: basis('d', null) }))
      .thenRejected('Conflict');
  });
});

describe('what the clock brings', () => {
  const escalation = { afterMs: 4 * hour, approvers: [{ type: 'singleUser' as const, id: 'ceo', description: null }] };
  const open = openedWith(stage({ escalation, remindEveryMs: 10 * hour }));
  const command = (type: 'EscalateApproval' | 'RemindApprovers', hours: number): ApprovalCommand => ({
    type,
    data: { approvalId: 'r1', now: at(hours) },
  });
  const escalated: ApprovalEvent = { type: 'ApprovalEscalated', data: { ...about, stage: 1, at: at(4) } };
  const reminded = (hours: number, next: number | null): ApprovalEvent => ({
    type: 'ApproversReminded',
    data: { ...about, stage: 1, remindsAt: next === null ? null : at(next), at: at(hours) },
  });

  it('is an escalation once, dated when it was due', () => {
    given(open).when(command('EscalateApproval', 3.9)).thenNothing();
    given(open).when(command('EscalateApproval', 6)).then(escalated);
    given(open, escalated).when(command('EscalateApproval', 6)).thenNothing();
    given(open, granted(alice)).when(command('EscalateApproval', 6)).thenNothing();
  });
  it('is a reminder each time, until the stage is over', () => {
    given(open).when(command('RemindApprovers', 9.9)).thenNothing();
    given(open).when(command('RemindApprovers', 10)).then(reminded(10, 20));
    given(open, reminded(10, 20)).when(command('RemindApprovers', 10)).thenNothing();
    given(open, reminded(10, 20)).when(command('RemindApprovers', 20)).then(reminded(20, null));
    given(open, reminded(10, 20), reminded(20, null)).when(command('RemindApprovers', 23)).thenNothing();
  });
  it('makes up for no reminder that was missed', () =>
    given(openedWith(stage({ remindEveryMs: 2 * hour })))
      .when(command('RemindApprovers', 7))
      .then(reminded(2, 8)));
  it('is nothing after the deadline but the lapse', () => {
    given(open).when(command('RemindApprovers', 24)).thenNothing();
    given(open).when(command('EscalateApproval', 24)).thenNothing();
  });
});

describe('approvers who are gone', () => {
  const check = (possible: number): ApprovalCommand => ({
    type: 'CheckApprovers',
    data: { approvalId: 'r1', possible, now: at(1) },
  });
  const fellBack: ApprovalEvent = { type: 'ApprovalFellBack', data: { ...about, stage: 1, at: at(1) } };
  const open = openedWith(stage({ requiredApprovals: 2 }));

  it('leave it to the default approvers when too few are left, once', () => {
    given(open).when(check(1)).then(fellBack);
    given(open, agreed(alice)).when(check(0)).then(fellBack);
    given(open, fellBack).when(check(0)).thenNothing();
  });
  it('do not as long as there are enough, or nobody was named', () => {
    given(open).when(check(2)).thenNothing();
    given(open, agreed(alice)).when(check(1)).thenNothing();
    given(openedWith(stage({ approvers: [] })))
      .when(check(0))
      .thenNothing();
    given(open, { type: 'ApprovalWithdrawn', data: { approvalId: 'r1', at: at(1) } })
      .when(check(0))
      .thenNothing();
  });
});
