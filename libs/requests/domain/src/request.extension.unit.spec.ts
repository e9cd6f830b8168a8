import type { RequestEvent } from '@pim/contracts';
import { fold } from '@pim/kernel';
import { specFor } from '@pim/kernel/spec';
import { graphStatus, requestView } from './request';
import { requestDecider, type RequestCommand } from './request.decide';
import type { DecideExtension } from './request.extension';
import { content, erin, now, order, paul, ref } from './spec/some';

const { given } = specFor(requestDecider);

const extension = { ...ref, kind: 'eligibility', action: 'selfExtend' } as const;
const asked = { ...order, ...extension };
const waiting: RequestEvent = {
  type: 'RequestSubmitted',
  data: {
    ...content,
    ...extension,
    order: asked,
    approval: null,
    awaitsAdministrator: true,
    customExtension: null,
    isEmergency: false,
    at: now,
  },
};
const decide = (rest: Partial<DecideExtension['data']> = {}): RequestCommand => ({
  type: 'DecideExtension',
  data: {
    decision: 'Approve',
    justification: 'still needed',
    times: null,
    by: paul,
    isAdministrator: true,
    policyVersion: 3,
    now,
    ...rest,
  },
});
const said = { justification: 'still needed', by: paul, at: now };
const approved: RequestEvent = {
  type: 'ExtensionApproved',
  data: { ...extension, order: asked, policyVersion: 3, ...said },
};
const denied: RequestEvent = { type: 'ExtensionDenied', data: { ...extension, ...said } };
const attempt = (by = erin, reason: 'self-approval' | 'not-an-administrator' = 'self-approval'): RequestEvent => ({
  type: 'ExtensionDecisionRefused',
  data: { ...extension, decision: 'Approve', reason, by, at: now },
});

/** The first answer counts, so the same answer again is a conflict rather than silence. */
const events = (history: RequestEvent[], command: RequestCommand) =>
  requestDecider.decide(command, fold(requestDecider, history));

describe('a request for more of what was given', () => {
  it('waits for an administrator', () => {
    const state = fold(requestView, [waiting]);
    expect(state.status === 'absent' || graphStatus(state)).toBe('PendingAdminDecision');
  });

  it('is approved as it was asked, or with other times', () => {
    expect(events([waiting], decide())).toEqual([approved]);
    const times = { startDateTime: null, durationMs: 1_000, endDateTime: null };
    expect(events([waiting], decide({ times }))).toEqual([
      { ...approved, data: { ...approved.data, order: { ...asked, ...times } } },
    ]);
  });

  it('is denied', () => expect(events([waiting], decide({ decision: 'Deny' }))).toEqual([denied]));

  it('is decided once', () => {
    given(waiting, approved)
      .when(decide({ decision: 'Deny' }))
      .thenRejected('Conflict');
    given(waiting, denied).when(decide()).thenRejected('Conflict');
  });

  it('is decided by nobody for themself, be they administrator; the attempt is on record once', () => {
    given(waiting)
      .when(decide({ by: erin }))
      .then(attempt());
    given(waiting, attempt())
      .when(decide({ by: erin }))
      .thenNothing();
  });

  it('is decided by administrators only', () => {
    const frank = { id: 'frank', kind: 'user' } as const;
    given(waiting)
      .when(decide({ by: frank, isAdministrator: false }))
      .then(attempt(frank, 'not-an-administrator'));
  });

  it('is not decided when it is not there', () => given().when(decide()).thenRejected('ResourceNotFound'));

  it('may be withdrawn', () =>
    given(waiting)
      .when({ type: 'CancelRequest', data: { by: erin, isAdministrator: false, now } })
      .then({ type: 'RequestCanceled', data: { ...extension, from: 'PendingAdminDecision', by: erin, at: now } }));

  it('goes with what it would extend', () =>
    given(waiting)
      .when({ type: 'RecordGroundLost', data: { now } })
      .then({ type: 'RequestRevoked', data: { ...extension, at: now } }));
});
