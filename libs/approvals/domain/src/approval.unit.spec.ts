import type {
  Actor,
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
import { isSettled, type RefusalReason } from './approval';
import { isAssignedTo, refusalFor, refused, type Voter } from './approval-refusal';
import { stepsOf } from './approval-step';

const { given } = specFor(approval);
const user = (id: string): Actor => ({ id, kind: 'user' });
const erin = user('erin');
const alice = user('alice');
const bob = user('bob');

const opened = '2026-03-02T08:00:00.000Z';
const now = '2026-03-02T09:00:00.000Z';
const justBefore = '2026-03-03T07:59:59.999Z';
const deadline = '2026-03-03T08:00:00.000Z';
const later = '2026-03-04T08:00:00.000Z';

const stage: ApprovalStageTerms = {
  approvers: [],
  requiredApprovals: 1,
  isApproverJustificationRequired: true,
  windowMs: 24 * 3_600_000,
  escalation: null,
  remindEveryMs: null,
};
const terms: ApprovalTerms = { stages: [stage], deadline, policyAuthorIds: ['ada', 'paul'] };
const order: ApprovedOrder = {
  requestId: 'r1',
  kind: 'assignment',
  action: 'selfActivate',
  principalId: 'erin',
  roleDefinitionId: 'security-administrator',
  directoryScopeId: '/',
  startDateTime: null,
  durationMs: 3_600_000,
  endDateTime: null,
  targetScheduleId: null,
  actor: erin,
  narrowedFrom: null,
};

const about = { principalId: 'erin', roleDefinitionId: 'security-administrator', directoryScopeId: '/' };

const open: ApprovalEvent = { type: 'ApprovalOpened', data: { approvalId: 'r1', terms, order, at: opened } };
const answered = (by = alice, change: Partial<ApproverAnswer> = {}): ApproverAnswer => ({
  approvalId: 'r1',
  stage: 1,
  justification: 'INC-7',
  by,
  onBehalfOf: null,
  digest: 'd',
  at: now,
  ...change,
});
const granted = (by = alice, justification = 'INC-7'): ApprovalEvent => ({
  type: 'ApprovalGranted',
  data: { ...answered(by, { justification }), narrowedTo: null, order },
});
const denied: ApprovalEvent = { type: 'ApprovalDenied', data: { ...about, ...answered() } };
const attempted = (by: Actor, reason: RefusalReason, decision: 'Approve' | 'Deny' = 'Approve'): ApprovalEvent => ({
  type: 'ApprovalDecisionRefused',
  data: { ...about, approvalId: 'r1', decision, reason, by, at: now },
});
const as = (by: Actor, isApprover = true, onBehalfOf: string | null = null): Voter => ({ by, onBehalfOf, isApprover });
const lapsed: ApprovalEvent = { type: 'ApprovalLapsed', data: { ...about, approvalId: 'r1', at: deadline } };
const withdrawn: ApprovalEvent = { type: 'ApprovalWithdrawn', data: { approvalId: 'r1', at: now } };

const openIt: ApprovalCommand = { type: 'OpenApproval', data: { approvalId: 'r1', terms, order, now: opened } };
const answer = (change: Partial<Decide['data']> = {}): ApprovalCommand => ({
  type: 'Decide',
  data: {
    approvalId: 'r1',
    stage: 1,
    decision: 'Approve',
    justification: 'INC-7',
    by: alice,
    onBehalfOf: null,
    isApprover: true,
    maximumMs: null,
    narrowing: null,
    basis: { stage: 1, digest: 'd', orderVersion: 0, shownDigest: null },
    now,
    ...change,
  },
});
const lapseAt = (at: string): ApprovalCommand => ({ type: 'LapseApproval', data: { approvalId: 'r1', now: at } });
const withdraw: ApprovalCommand = { type: 'WithdrawApproval', data: { approvalId: 'r1', now } };

describe('opening', () => {
  it('asks the approvers', () => given().when(openIt).then(open));
  it('is asked once', () => given(open).when(openIt).thenNothing());
  it.each([granted(), denied, lapsed, withdrawn])('does not reopen after $type', (end) =>
    given(open, end).when(openIt).thenNothing(),
  );
  it('stays closed when the withdrawal came first', () => given(withdrawn).when(openIt).thenNothing());
});

describe('deciding', () => {
  it('grants with the order that will be carried out', () => given(open).when(answer()).then(granted()));
  it('denies', () =>
    given(open)
      .when(answer({ decision: 'Deny' }))
      .then(denied));
  it('is possible until the last millisecond before the deadline', () =>
    given(open)
      .when(answer({ now: justBefore }))
      .then({ ...granted(), data: { ...granted().data, at: justBefore } } as ApprovalEvent));
  it('is refused at the deadline, whether or not the lapse is on record', () => {
    given(open)
      .when(answer({ now: deadline }))
      .thenRejected('InvalidRoleAssignmentRequest');
    given(open, lapsed)
      .when(answer({ now: later }))
      .thenRejected('InvalidRoleAssignmentRequest');
  });
  it('is refused once the lapse is on record, even by a clock that is behind', () =>
    given(open, lapsed).when(answer()).thenRejected('InvalidRoleAssignmentRequest'));
  it('is refused after a withdrawal', () =>
    given(open, withdrawn).when(answer()).thenRejected('InvalidRoleAssignmentRequest'));
  it.each(['', '   \n'])('needs a reason when the settings ask for one, and %j is none', (justification) =>
    given(open).when(answer({ justification })).thenRejected('InvalidRoleAssignmentRequest'),
  );
  it('needs no reason when the settings ask for none', () => {
    const lax: ApprovalEvent = {
      type: 'ApprovalOpened',
      data: {
        approvalId: 'r1',
        terms: { ...terms, stages: [{ ...stage, isApproverJustificationRequired: false }] },
        order,
        at: opened,
      },
    };
    given(lax)
      .when(answer({ justification: '' }))
      .then(granted(alice, ''));
  });
  it('is for what exists', () => {
    given().when(answer()).thenRejected('ResourceNotFound');
    given(withdrawn).when(answer()).thenRejected('ResourceNotFound');
  });
  it.each(['application', 'system'] as const)('is for people: never for a caller of kind %s', (kind) =>
    given(open)
      .when(answer({ by: { id: 'automation', kind } }))
      .thenRejected('Authorization_RequestDenied'),
  );
});

describe('the first answer', () => {
  it('wins over every other approver', () => {
    given(open, granted())
      .when(answer({ by: bob }))
      .thenRejected('Conflict');
    given(open, denied)
      .when(answer({ by: bob, decision: 'Deny' }))
      .thenRejected('Conflict');
  });
  it('may be repeated by who gave it, also after the deadline or when no longer an approver', () => {
    given(open, granted()).when(answer()).thenNothing();
    given(open, denied)
      .when(answer({ decision: 'Deny' }))
      .thenNothing();
    given(open, granted())
      .when(answer({ now: later, isApprover: false, justification: '' }))
      .thenNothing();
  });
  it('cannot be changed by who gave it', () => {
    given(open, granted())
      .when(answer({ decision: 'Deny' }))
      .thenRejected('Conflict');
    given(open, denied)
      .when(answer({ isApprover: false }))
      .thenRejected('Conflict');
  });
});

describe('who may not decide', () => {
  it('is the principal, even as an approver', () =>
    given(open)
      .when(answer({ by: erin }))
      .then(attempted(erin, 'self-approval')));
  it('is the requestor for somebody else, even as an approver', () => {
    const forErin: ApprovalEvent = {
      type: 'ApprovalOpened',
      data: { approvalId: 'r1', terms, order: { ...order, actor: bob }, at: opened },
    };
    given(forErin)
      .when(answer({ by: bob }))
      .then(attempted(bob, 'self-approval'));
    given(forErin)
      .when(answer({ by: erin }))
      .then(attempted(erin, 'self-approval'));
  });
  it('is whoever the terms do not name', () =>
    given(open)
      .when(answer({ by: bob, isApprover: false }))
      .then(attempted(bob, 'not-an-approver')));
  it('is on record with the answer they tried to give', () =>
    given(open)
      .when(answer({ by: bob, isApprover: false, decision: 'Deny' }))
      .then(attempted(bob, 'not-an-approver', 'Deny')));
  it('is on record once per person', () => {
    const before = attempted(bob, 'not-an-approver');
    given(open, before)
      .when(answer({ by: bob, isApprover: false, decision: 'Deny', now: later }))
      .thenNothing();
    given(open, before)
      .when(answer({ by: erin, isApprover: false }))
      .then(attempted(erin, 'self-approval'));
  });
  it('may decide once they have become an approver', () =>
    given(open, attempted(bob, 'not-an-approver'))
      .when(answer({ by: bob }))
      .then(granted(bob)));
  it.each([granted(), denied, lapsed, withdrawn])('is told so, and is on record, also after $type', (end) =>
    given(open, end)
      .when(answer({ by: bob, isApprover: false }))
      .then(attempted(bob, 'not-an-approver')),
  );
  it('is known to the query that answers 403, first time and every time after', () => {
    const history = [open, attempted(bob, 'not-an-approver')];
    for (const events of [[open], history]) {
      const state = fold(approval, events);
      expect(refusalFor(state, 1, as(bob, false))).toBe('not-an-approver');
      expect(refusalFor(state, 1, as(erin))).toBe('self-approval');
      expect(refusalFor(state, 1, as(bob))).toBeNull();
    }
    expect(refusalFor(fold(approval, [open, granted()]), 1, as(alice, false))).toBeNull();
    expect(refused('self-approval')).toMatchObject({ kind: 'forbidden', code: 'Authorization_RequestDenied' });
  });
});

describe('lapsing', () => {
  it('closes an undecided approval at its deadline, dated then', () => {
    given(open).when(lapseAt(deadline)).then(lapsed);
    given(open).when(lapseAt(later)).then(lapsed);
  });
  it('does not come early', () => given(open).when(lapseAt(justBefore)).thenNothing());
  it.each([granted(), denied, withdrawn])('changes nothing after $type', (end) =>
    given(open, end).when(lapseAt(later)).thenNothing(),
  );
  it('needs an approval', () => given().when(lapseAt(later)).thenNothing());
});

describe('withdrawing', () => {
  it('closes an undecided approval', () => given(open).when(withdraw).then(withdrawn));
  it('closes one that is not open yet', () => given().when(withdraw).then(withdrawn));
  it.each([granted(), denied, lapsed])('changes nothing after $type', (end) =>
    given(open, end).when(withdraw).thenNothing(),
  );
});

describe('the step', () => {
  const stepAt = (at: string, ...events: ApprovalEvent[]) => stepsOf(fold(approval, events), at)?.[0];
  const step = (...events: ApprovalEvent[]) => stepAt(now, ...events);
  const untouched = {
    number: 1,
    displayName: null,
    reviewedDateTime: null,
    justification: '',
    reviewedBy: null,
    requiredApprovals: 1,
    answers: [],
  };

  it('waits', () => expect(step(open)).toEqual({ ...untouched, reviewResult: 'NotReviewed', status: 'InProgress' }));
  it('is expired from the deadline on, recorded or not', () => {
    expect(stepAt(justBefore, open)?.status).toBe('InProgress');
    expect(stepAt(deadline, open)?.status).toBe('Expired');
    expect(step(open, lapsed)).toEqual({ ...untouched, reviewResult: 'NotReviewed', status: 'Expired' });
  });
  it('is expired when the request was withdrawn', () => expect(step(open, withdrawn)?.status).toBe('Expired'));
  it('says who decided what, when and why, before and after the deadline', () => {
    const reviewed = { reviewedDateTime: now, justification: 'INC-7', reviewedBy: alice, status: 'Completed' };
    expect(step(open, granted())).toMatchObject({ ...reviewed, reviewResult: 'Approved' });
    expect(stepAt(later, open, denied)).toMatchObject({ ...reviewed, reviewResult: 'Denied' });
  });
  it('does not exist before the approval was opened', () => {
    expect(stepsOf(fold(approval, []), now)).toBeNull();
    expect(stepsOf(fold(approval, [withdrawn]), now)).toBeNull();
  });
  it('is assigned to approvers, never to the requestor, never to an application', () => {
    const state = fold(approval, [open]);
    expect(isAssignedTo(state, 1, as(alice))).toBe(true);
    expect(isAssignedTo(state, 1, as(erin))).toBe(false);
    expect(isAssignedTo(state, 1, as(bob, false))).toBe(false);
    expect(isAssignedTo(state, 1, as({ id: 'automation', kind: 'application' }))).toBe(false);
    expect(isAssignedTo(fold(approval, []), 1, as(alice))).toBe(false);
    expect(isAssignedTo(fold(approval, [open, granted()]), 1, as(alice, false))).toBe(true);
  });
});

describe('being settled', () => {
  it.each([granted(), denied, lapsed, withdrawn])('begins with $type', (end) =>
    expect(isSettled(fold(approval, [open, end]))).toBe(true),
  );
  it('does not begin with a refused attempt', () => {
    expect(isSettled(fold(approval, []))).toBe(false);
    expect(isSettled(fold(approval, [open, attempted(bob, 'not-an-approver')]))).toBe(false);
  });
  it('is final in the fold: the first end counts', () => {
    expect(fold(approval, [open, denied, granted(), lapsed, withdrawn, open]).status).toBe('denied');
    expect(fold(approval, [withdrawn, open, granted()]).status).toBe('withdrawn-unopened');
  });
});
