import { StateCache } from './state-cache';

const counting = { initial: 0, evolve: (count: number) => count + 1 };
const known = (state: number, revision = state) => ({ state, revision, recordedCommands: new Set<string>() });

describe('the state cache', () => {
  it('knows the initial state of every stream', () => {
    expect(new StateCache(2).get(counting, 'a-1')).toEqual({ state: 0, revision: -1, recordedCommands: new Set() });
  });

  it('keeps the newest state, whatever comes after it', () => {
    const cache = new StateCache(2);
    cache.put(counting, 'a-1', known(7));
    cache.put(counting, 'a-1', known(5));
    expect(cache.get(counting, 'a-1').state).toBe(7);
  });

  it('forgets the stream used longest ago', () => {
    const cache = new StateCache(2);
    cache.put(counting, 'a-1', known(1));
    cache.put(counting, 'a-2', known(2));
    cache.get(counting, 'a-1');
    cache.put(counting, 'a-3', known(3));
    expect(['a-1', 'a-2', 'a-3'].map((stream) => cache.get(counting, stream).state)).toEqual([1, 0, 3]);
  });

  it('does not give room to streams that are not there', () => {
    const cache = new StateCache(1);
    cache.put(counting, 'a-1', known(1));
    cache.put(counting, 'a-2', known(0, -1));
    expect(cache.get(counting, 'a-1').state).toBe(1);
  });

  it('keeps two meanings of a stream apart, and forgets one without the other', () => {
    const cache = new StateCache(2);
    const other = { initial: 0, evolve: (count: number) => count + 1 };
    cache.put(counting, 'a-1', known(1));
    cache.put(other, 'a-1', known(2));
    cache.drop(counting, 'a-1');
    expect([cache.get(counting, 'a-1').state, cache.get(other, 'a-1').state]).toEqual([0, 2]);
  });
});
