import type { ApprovalTerms, RequestEvent } from '@pim/contracts';
import { fold, Rejection } from '@pim/kernel';
import { specFor } from '@pim/kernel/spec';
import fc from 'fast-check';
import { graphStatus, isOpen, requestView, type Request } from './request';
import { requestDecider, type RequestCommand } from './request.decide';
import { content, erin, now, order, paul, ref } from './spec/some';

const { given } = specFor(requestDecider);

const start = '2026-03-02T00:00:00.000Z';
const end = '2026-03-02T01:00:00.000Z';
const deadline = '2026-03-02T12:00:00.000Z';
const approval: ApprovalTerms = { stages: [], deadline, policyAuthorIds: [] };
const refusal = { code: 'RoleAssignmentExists', message: 'The Role assignment already exists.' };
const frank = { id: 'frank', kind: 'user' } as const;

const submitted: RequestEvent = {
  type: 'RequestSubmitted',
  data: {
    ...content,
    order,
    approval: null,
    awaitsAdministrator: false,
    customExtension: null,
    isEmergency: false,
    at: now,
  },
};
const pending: RequestEvent = {
  type: 'RequestSubmitted',
  data: { ...content, order, approval, awaitsAdministrator: false, customExtension: null, isEmergency: false, at: now },
};
const refused: RequestEvent = { type: 'RequestRefused', data: { ...content, ...refusal, at: now } };
const approved: RequestEvent = { type: 'RequestApproved', data: { ...ref, by: paul, at: now } };
const denied: RequestEvent = { type: 'RequestDenied', data: { ...ref, by: paul, at: now } };
const lapsed: RequestEvent = { type: 'RequestLapsed', data: { ...ref, at: now } };
const granted: RequestEvent = { type: 'RequestGranted', data: { ...ref, scheduleId: 'r1', start, end, at: now } };
const provisioned: RequestEvent = {
  type: 'RequestProvisioned',
  data: { ...ref, scheduleId: 'r1', start, end, at: now },
};
const revoked: RequestEvent = { type: 'RequestRevoked', data: { ...ref, at: now } };
const failed: RequestEvent = { type: 'RequestFailed', data: { ...ref, ...refusal, at: now } };
const canceled: RequestEvent = {
  type: 'RequestCanceled',
  data: { ...ref, from: 'PendingApproval', by: erin, at: now },
};

const submit = (terms: ApprovalTerms | null): RequestCommand => ({
  type: 'SubmitRequest',
  data: { content, order, approval: terms, awaitsAdministrator: false, customExtension: null, isEmergency: false, now },
});
const submitToExtension: RequestCommand = {
  type: 'SubmitRequest',
  data: {
    content,
    order,
    approval,
    awaitsAdministrator: false,
    customExtension: { endpoint: 'https://tickets.contoso.example/openpim', timeoutSeconds: 5, authentication: null },
    isEmergency: false,
    now,
  },
};
const hear = (answer: 'approved' | 'denied'): RequestCommand => ({
  type: 'RecordCustomExtensionAnswer',
  data: { answer, reason: null, by: { id: 'system:custom-extension', kind: 'system' }, now },
});
const refuse: RequestCommand = { type: 'RefuseRequest', data: { content, ...refusal, now } };
const approve: RequestCommand = { type: 'RecordApproval', data: { by: paul, now } };
const deny: RequestCommand = { type: 'RecordDenial', data: { by: paul, now } };
const lapse: RequestCommand = { type: 'RecordLapse', data: { now } };
const grant: RequestCommand = { type: 'RecordGranted', data: { scheduleId: 'r1', start, end, now } };
const provision: RequestCommand = { type: 'RecordProvisioned', data: { scheduleId: 'r1', start, end, now } };
const begin: RequestCommand = { type: 'RecordStarted', data: { now } };
const revoke: RequestCommand = { type: 'RecordRevoked', data: { now } };
const loseGround: RequestCommand = { type: 'RecordGroundLost', data: { now } };
const neverStart: RequestCommand = { type: 'RecordNeverStarted', data: { now } };
const fail: RequestCommand = { type: 'RecordFailure', data: { ...refusal, now } };
const cancel = (by = erin, isAdministrator = false, at = now): RequestCommand => ({
  type: 'CancelRequest',
  data: { by, isAdministrator, now: at },
});

const outcomes = { approve, deny, lapse, grant, provision, begin, revoke, loseGround, neverStart, fail };

describe('a request', () => {
  it('is recorded with what will be carried out', () => given().when(submit(null)).then(submitted));
  it('is recorded as waiting when somebody must approve', () => given().when(submit(approval)).then(pending));
  it('is recorded when it was refused', () => given().when(refuse).then(refused));
  it('is recorded once, whatever comes under its id later', () => {
    given(submitted).when(refuse).thenNothing();
    given(refused).when(submit(null)).thenNothing();
  });

  type Case = [string, RequestEvent[], keyof typeof outcomes, RequestEvent];
  it.each<Case>([
    ['is approved', [pending], 'approve', approved],
    ['is denied', [pending], 'deny', denied],
    ['lapses', [pending], 'lapse', lapsed],
    ['is granted for later', [submitted], 'grant', granted],
    ['is granted for later after approval', [pending, approved], 'grant', granted],
    ['is provisioned', [submitted], 'provision', provisioned],
    ['is provisioned after approval', [pending, approved], 'provision', provisioned],
    ['is provisioned before the approval is heard of', [pending], 'provision', provisioned],
    ['is provisioned when its start has come', [submitted, granted], 'begin', provisioned],
    ['took effect as a removal', [submitted], 'revoke', revoked],
    ['loses its ground while it waits', [pending], 'loseGround', revoked],
    ['was to remove what is gone already', [pending], 'revoke', revoked],
    ['never starts', [submitted, granted], 'neverStart', revoked],
    ['is refused by the guard', [submitted], 'fail', failed],
    ['is refused by the guard after approval', [pending, approved], 'fail', failed],
  ])('%s', (_how, history, outcome, event) =>
    given(...history)
      .when(outcomes[outcome])
      .then(event),
  );
  it('had started when only its end is heard of, and says when', () =>
    given(submitted, granted)
      .when({ type: 'RecordStarted', data: { now: end } })
      .then({ type: 'RequestProvisioned', data: { ...provisioned.data, at: start } }));

  it.each<[string, RequestEvent[], (keyof typeof outcomes)[]]>([
    ['that needs no approval, about approvers', [submitted], ['approve', 'deny', 'lapse', 'loseGround']],
    ['that was approved, about other approvers', [pending, approved], ['approve', 'deny', 'lapse', 'loseGround']],
    ['that was granted, about an order delivered again', [submitted, granted], ['grant', 'fail', 'approve']],
    ['that was not granted, about a start', [submitted], ['begin', 'neverStart']],
    ['nobody made, as set-up does', [], Object.keys(outcomes) as (keyof typeof outcomes)[]],
  ])('is silent %s', (_what, history, silent) =>
    silent.forEach((outcome) =>
      given(...history)
        .when(outcomes[outcome])
        .thenNothing(),
    ),
  );

  it.each([refused, denied, lapsed, provisioned, revoked, failed, canceled])('stays as it ended: $type', (last) => {
    const history = last === refused ? [refused] : [pending, last];
    Object.values(outcomes).forEach((outcome) =>
      given(...history)
        .when(outcome)
        .thenNothing(),
    );
  });
});

describe('canceling a request', () => {
  it('is for its creator', () => given(pending).when(cancel()).then(canceled));

  it('is for an administrator', () =>
    given(pending)
      .when(cancel(paul, true))
      .then({ type: 'RequestCanceled', data: { ...ref, from: 'PendingApproval', by: paul, at: now } }));

  it('is for nobody else', () => given(pending).when(cancel(frank)).thenRejected('Authorization_RequestDenied'));

  it('is possible until a later start, and says that a schedule had been granted', () =>
    given(submitted, granted)
      .when(cancel())
      .then({ type: 'RequestCanceled', data: { ...ref, from: 'Granted', by: erin, at: now } }));

  it('is possible while a later stage may still be asked, after the window of the first', () => {
    const stage = {
      approvers: [],
      requiredApprovals: 1,
      isApproverJustificationRequired: false,
      windowMs: 3_600_000,
      escalation: null,
      remindEveryMs: null,
    };
    const staged = {
      ...submitted,
      data: { ...submitted.data, approval: { ...approval, stages: [stage, stage] } },
    } as RequestEvent;
    given(staged)
      .when(cancel(erin, false, '2026-03-02T12:30:00.000Z'))
      .then({
        type: 'RequestCanceled',
        data: { ...ref, from: 'PendingApproval', by: erin, at: '2026-03-02T12:30:00.000Z' },
      });
    given(staged)
      .when(cancel(erin, false, '2026-03-02T13:00:00.000Z'))
      .thenRejected('InvalidRoleAssignmentRequest');
  });

  it.each<[string, RequestEvent[], string]>([
    ['its start has come, though nobody recorded it', [submitted, granted], start],
    ['its approval window is over, though nobody recorded it', [pending], deadline],
    ['it is being carried out', [submitted], now],
    ['it is approved and being carried out', [pending, approved], now],
    ['it was provisioned', [submitted, provisioned], now],
    ['it was denied', [pending, denied], now],
    ['it lapsed', [pending, lapsed], now],
    ['it was revoked', [submitted, revoked], now],
    ['it failed', [submitted, failed], now],
    ['it was refused', [refused], now],
    ['it was canceled before', [pending, canceled], deadline],
  ])('is too late when %s', (_when, history, at) =>
    given(...history)
      .when(cancel(erin, false, at))
      .thenRejected('InvalidRoleAssignmentRequest'),
  );

  it('says in which status it found the request', () =>
    expect(() => requestDecider.decide(cancel(), fold(requestView, [submitted, provisioned]))).toThrow(
      'A request in status Provisioned cannot be canceled.',
    ));

  it('needs a request', () => given().when(cancel()).thenRejected('ResourceNotFound'));
});

describe('the status Graph shows', () => {
  it.each<[string, RequestEvent[]]>([
    ['PendingProvisioning', [submitted]],
    ['PendingApproval', [pending]],
    ['PendingProvisioning', [pending, approved]],
    ['Granted', [submitted, granted]],
    ['Provisioned', [submitted, granted, provisioned]],
    ['Revoked', [submitted, revoked]],
    ['Denied', [pending, denied]],
    ['Canceled', [pending, lapsed]],
    ['Canceled', [pending, canceled]],
    ['Failed', [submitted, failed]],
    ['Failed', [refused]],
  ])('is %s', (status, history) => {
    const state = fold(requestView, history);
    expect(state.status === 'absent' ? null : graphStatus(state)).toBe(status);
  });
});

describe('in any order of commands', () => {
  const commands = fc.array(
    fc.constantFrom(
      ...Object.values(outcomes),
      submit(null),
      submit(approval),
      submitToExtension,
      hear('approved'),
      hear('denied'),
      refuse,
      cancel(),
      cancel(paul, true),
      cancel(frank),
    ),
    { maxLength: 25 },
  );

  const play = (asked: readonly RequestCommand[]): { history: RequestEvent[]; states: Request[] } => {
    const history: RequestEvent[] = [];
    const states: Request[] = [requestView.initial];
    for (const command of asked) {
      try {
        history.push(...requestDecider.decide(command, fold(requestView, history)));
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
      }
      states.push(fold(requestView, history));
    }
    return { history, states };
  };

  const isFinal = (state: Request): boolean => state.status !== 'absent' && !isOpen(state);

  it('a final status never changes, and nothing is recorded after it', () =>
    fc.assert(
      fc.property(commands, (asked) => {
        const { history, states } = play(asked);
        const first = states.findIndex(isFinal);
        if (first === -1) return;
        states.slice(first).forEach((state) => expect(state).toEqual(states[first]));
        expect(play(asked.slice(0, first)).history).toEqual(history);
      }),
    ));

  it('a request ends at most once, and begins before anything else', () =>
    fc.assert(
      fc.property(commands, (asked) => {
        const { history } = play(asked);
        const ends = history.filter((_event, index) => isFinal(fold(requestView, history.slice(0, index + 1))));
        expect(ends.length).toBeLessThanOrEqual(1);
        expect(history.slice(1).map(({ type }) => type)).not.toContain('RequestSubmitted');
        if (history[0]) expect(['RequestSubmitted', 'RequestRefused']).toContain(history[0].type);
      }),
    ));

  it('any events fold, and a final status survives them', () => {
    const events = fc.array(
      fc.constantFrom(
        submitted,
        pending,
        refused,
        approved,
        denied,
        lapsed,
        granted,
        provisioned,
        revoked,
        failed,
        canceled,
      ),
    );
    fc.assert(
      fc.property(events, events, (before, after) => {
        const state = fold(requestView, before);
        if (isFinal(state)) expect(after.reduce(requestView.evolve, state)).toBe(state);
        else expect(() => after.reduce(requestView.evolve, state)).not.toThrow();
      }),
    );
  });
});
