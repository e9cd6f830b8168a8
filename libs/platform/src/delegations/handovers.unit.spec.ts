import type { DelegationEvent } from '@pim/contracts';
import { fold } from '@pim/kernel';
import { handovers, standsIn } from './handovers';

const { view } = handovers;
const by = { id: 'alice', kind: 'user' } as const;
const day = (n: number): string => new Date(Date.parse('2026-03-02T08:00:00.000Z') + n * 86_400_000).toISOString();
const about = { delegatorId: 'alice', delegateId: 'dora', by };

const started = (delegationId = 'd1', start = day(1), end = day(8), at = day(0)): DelegationEvent => ({
  type: 'DelegationStarted',
  data: { ...about, delegationId, start, end, justification: 'On leave', at },
});
const ended = (at: string): DelegationEvent => ({
  type: 'DelegationEnded',
  data: { ...about, delegationId: 'd1', at },
});

describe('what somebody handed over', () => {
  it('lets the delegate stand in from its start to before its end, unless it is taken back', () => {
    const during = (...events: DelegationEvent[]) =>
      [0.9, 1, 7.9, 8].map((at) => standsIn(fold(view, events), 'dora', day(at)));
    expect(during(started())).toEqual([false, true, true, false]);
    expect(during(started(), ended(day(0.5)))).toEqual([false, false, false, false]);
    expect(during(started(), started('d2'), ended(day(0.5)))).toEqual([false, true, true, false]);
    expect(standsIn(fold(view, [started()]), 'bob', day(2))).toBe(false);
  });

  it('is forgotten when it is over and the next begins', () =>
    expect(fold(view, [started(), started('d2', day(9), day(10), day(9))])).toHaveLength(1));
});
