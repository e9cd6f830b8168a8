import type { Actor, DelegationEvent } from '@pim/contracts';
import { fold } from '@pim/kernel';
import { specFor } from '@pim/kernel/spec';
import { delegation, type DelegationCommand, type StartDelegation } from './delegation';

const { given } = specFor(delegation);
const alice: Actor = { id: 'alice', kind: 'user' };
const day = (n: number): string => new Date(Date.parse('2026-03-02T08:00:00.000Z') + n * 86_400_000).toISOString();

const start = (change: Partial<StartDelegation['data']> = {}): DelegationCommand => ({
  type: 'StartDelegation',
  data: {
    delegationId: 'd1',
    delegateId: 'dora',
    isDelegateKnown: true,
    start: day(1),
    end: day(8),
    justification: 'On leave',
    by: alice,
    now: day(0),
    ...change,
  },
});
const started = (delegationId = 'd1', from = day(1), end = day(8), at = day(0)): DelegationEvent => ({
  type: 'DelegationStarted',
  data: {
    delegationId,
    delegatorId: 'alice',
    delegateId: 'dora',
    start: from,
    end,
    justification: 'On leave',
    by: alice,
    at,
  },
});
const end = (now: string): DelegationCommand => ({
  type: 'EndDelegation',
  data: { delegationId: 'd1', delegatorId: 'alice', by: alice, now },
});
const ended = (at: string): DelegationEvent => ({
  type: 'DelegationEnded',
  data: { delegationId: 'd1', delegatorId: 'alice', delegateId: 'dora', by: alice, at },
});

describe('a delegation', () => {
  it('starts once', () => {
    given().when(start()).then(started());
    given(started()).when(start()).thenNothing();
  });
  it('is taken back once, and not when it is over', () => {
    given(started())
      .when(end(day(2)))
      .then(ended(day(2)));
    given(started(), ended(day(2)))
      .when(end(day(3)))
      .thenNothing();
    given(started())
      .when(end(day(8)))
      .thenNothing();
    given()
      .when(end(day(1)))
      .thenNothing();
  });
  it.each<[string, Partial<StartDelegation['data']>]>([
    ['oneself', { delegateId: 'alice' }],
    ['nobody', { isDelegateKnown: false }],
    ['a time that is over', { start: day(-3), end: day(0) }],
    ['no time', { end: day(1) }],
    ['more than 90 days', { end: day(91.1) }],
  ])('is not for %s', (_what, change) => given().when(start(change)).thenRejected('BadRequest'));
  it('is not for applications', () =>
    given()
      .when(start({ by: { id: 'automation', kind: 'application' } }))
      .thenRejected('Authorization_RequestDenied'));
  it('is one of twenty at most; those that are over do not count', () => {
    const twenty = Array.from({ length: 20 }, (_, n) => started(`d${n + 2}`));
    given(...twenty)
      .when(start())
      .thenRejected('BadRequest');
    given(...twenty)
      .when(start({ start: day(9), end: day(10), now: day(9) }))
      .then(started('d1', day(9), day(10), day(9)));
  });
  it('that is over is forgotten when the next begins', () =>
    expect(fold(delegation, [started(), started('d2', day(9), day(10), day(9))])).toHaveLength(1));
});
