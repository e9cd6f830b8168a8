import { fold, type View } from './decider';
import type { DomainEvent } from './messages';

type Moved = DomainEvent<'Moved', { to: string }>;
const moved = (to: string): Moved => ({ type: 'Moved', data: { to } });
const path: View<readonly string[], Moved> = { initial: ['home'], evolve: (state, { data }) => [...state, data.to] };

describe('fold', () => {
  it('is the initial state without events', () => {
    expect(fold(path, [])).toBe(path.initial);
  });

  it('takes the events in their order', () => {
    expect(fold(path, [moved('work'), moved('market')])).toEqual(['home', 'work', 'market']);
  });

  it('can be done in two parts at any place', () => {
    const events = ['a', 'b', 'c', 'd'].map(moved);
    for (let cut = 0; cut <= events.length; cut++) {
      const initial = fold(path, events.slice(0, cut));
      expect(fold({ ...path, initial }, events.slice(cut))).toEqual(fold(path, events));
    }
  });
});
