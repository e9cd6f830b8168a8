import type { ApprovalTerms, CustomExtensionAnswer, RequestEvent } from '@pim/contracts';
import { fold } from '@pim/kernel';
import { specFor } from '@pim/kernel/spec';
import { graphStatus, requestView } from './request';
import { requestDecider, type RequestCommand } from './request.decide';
import { content, erin, now, order, ref } from './spec/some';

const { given } = specFor(requestDecider);

const by = { id: 'system:custom-extension', kind: 'system' } as const;
const endpoint = 'https://tickets.contoso.example/openpim';
const approval: ApprovalTerms = { stages: [], deadline: '2026-03-02T12:00:00.000Z', policyAuthorIds: [] };
const submitted = (terms: ApprovalTerms | null): RequestEvent => ({
  type: 'RequestSubmitted',
  data: {
    ...content,
    order,
    approval: terms,
    awaitsAdministrator: false,
    customExtension: { endpoint, timeoutSeconds: 5, authentication: null },
    isEmergency: false,
    at: now,
  },
});
const hear = (answer: CustomExtensionAnswer): RequestCommand => ({
  type: 'RecordCustomExtensionAnswer',
  data: { answer, reason: 'INC-1 is closed', by, now },
});
const heard = (answer: CustomExtensionAnswer, terms: ApprovalTerms | null, goesOn = true): RequestEvent => ({
  type: 'CustomExtensionAnswered',
  data: { ...ref, answer, reason: 'INC-1 is closed', endpoint, order: goesOn ? order : null, approval: terms, at: now },
});
const denied: RequestEvent = { type: 'RequestDenied', data: { ...ref, by, at: now } };
const canceled: RequestEvent = {
  type: 'RequestCanceled',
  data: { ...ref, from: 'PendingProvisioning', by: erin, at: now },
};

const statusAfter = (...history: RequestEvent[]): string => {
  const state = fold(requestView, history);
  return state.status === 'absent' ? 'absent' : `${state.status} ${graphStatus(state)}`;
};

describe('a request that goes to the custom extension of its role', () => {
  it('waits for it before anybody else is asked', () =>
    expect(statusAfter(submitted(approval))).toBe('awaitingCustomExtension PendingProvisioning'));

  it('goes on to the approvers of the role when it is approved', () => {
    given(submitted(approval)).when(hear('approved')).then(heard('approved', approval));
    expect(statusAfter(submitted(approval), heard('approved', approval))).toBe('pendingApproval PendingApproval');
  });

  it('goes on by itself when it is approved and nobody else has to', () => {
    given(submitted(null)).when(hear('approved')).then(heard('approved', null));
    expect(statusAfter(submitted(null), heard('approved', null))).toBe('submitted PendingProvisioning');
  });

  it('goes on past the approvers when it is approved for good', () => {
    given(submitted(approval)).when(hear('autoApproved')).then(heard('autoApproved', null));
    expect(statusAfter(submitted(approval), heard('autoApproved', null))).toBe('submitted PendingProvisioning');
  });

  it.each<CustomExtensionAnswer>(['denied', 'unanswered'])('ends when it is %s', (answer) => {
    given(submitted(approval))
      .when(hear(answer))
      .then(heard(answer, null, false), denied);
    expect(statusAfter(submitted(approval), heard(answer, null, false), denied)).toBe('denied Denied');
  });

  it('hears one answer only, and none once it is withdrawn or was never to be asked', () => {
    given(submitted(null), heard('approved', null)).when(hear('denied')).thenNothing();
    given(submitted(null), canceled).when(hear('approved')).thenNothing();
    given(submitted(null), heard('denied', null, false), denied)
      .when(hear('approved'))
      .thenNothing();
    given().when(hear('approved')).thenNothing();
  });

  it('can be withdrawn meanwhile, and says that nobody had answered', () => {
    const cancel: RequestCommand = { type: 'CancelRequest', data: { by: erin, isAdministrator: false, now } };
    given(submitted(approval)).when(cancel).then(canceled);
    given(submitted(null), heard('approved', null)).when(cancel).thenRejected('InvalidRoleAssignmentRequest');
  });

  it('goes with the eligibility it rests on', () =>
    given(submitted(approval))
      .when({ type: 'RecordGroundLost', data: { now } })
      .then({ type: 'RequestRevoked', data: { ...ref, at: now } }));

  it('is not carried out or decided by anybody else before', () => {
    const others: RequestCommand[] = [
      { type: 'RecordApproval', data: { by: erin, now } },
      { type: 'RecordProvisioned', data: { scheduleId: 'r1', start: now, end: null, now } },
    ];
    for (const other of others) given(submitted(approval)).when(other).thenNothing();
  });
});
