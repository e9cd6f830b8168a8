import fc from 'fast-check';
import { PersistentMap } from './persistent-map';

/** Pairs with the same 32 bit FNV-1a hash. */
const colliding = ['costarring', 'liquid', 'declinate', 'macallums', 'altarage', 'zinke', 'altarages', 'zinkes'];
const keys = fc.oneof(fc.constantFrom(...colliding, '', '__proto__', 'constructor'), fc.string({ maxLength: 3 }));
const steps = fc.array(fc.record({ key: keys, value: fc.option(fc.nat()) }), { maxLength: 200 });

const contents = (map: PersistentMap<number>): Map<string, number | undefined> =>
  new Map([...map.keys()].map((key) => [key, map.get(key)]));

const applied = (map: PersistentMap<number>, { key, value }: { key: string; value: number | null }) =>
  value === null ? map.without(key) : map.with(key, value);

describe('a persistent map', () => {
  it('holds after any history what a Map would hold', () =>
    fc.assert(
      fc.property(steps, (history) => {
        let map = PersistentMap.empty<number>();
        const model = new Map<string, number>();
        for (const step of history) {
          map = applied(map, step);
          if (step.value === null) model.delete(step.key);
          else model.set(step.key, step.value);
          expect(map.size).toBe(model.size);
          expect(map.get(step.key)).toBe(model.get(step.key));
          expect(map.has(step.key)).toBe(model.has(step.key));
        }
        expect(contents(map)).toEqual(model);
        expect([...map.values()].sort()).toEqual([...model.values()].sort());
      }),
    ));

  it('never changes: what was made from it earlier stays as it was', () =>
    fc.assert(
      fc.property(steps, (history) => {
        const versions = [{ map: PersistentMap.empty<number>(), holds: new Map<string, number | undefined>() }];
        for (const step of history) {
          const map = applied(versions.at(-1)?.map ?? PersistentMap.empty<number>(), step);
          versions.push({ map, holds: contents(map) });
        }
        for (const { map, holds } of versions) expect(contents(map)).toEqual(holds);
      }),
      { numRuns: 30 },
    ));

  it('keeps keys apart whose hashes collide', () => {
    let map = PersistentMap.empty<string>();
    for (const key of colliding) map = map.with(key, key);
    expect(map.size).toBe(8);
    expect(map.without('liquid').get('costarring')).toBe('costarring');
    expect(map.without('liquid').has('liquid')).toBe(false);
    expect(map.with('liquid', 'changed').get('costarring')).toBe('costarring');
  });

  it('is not fooled by a key that only shares the hash of one it holds', () => {
    const map = PersistentMap.empty<number>().with('costarring', 1);
    expect(map.get('liquid')).toBeUndefined();
    expect(map.without('liquid')).toBe(map);
  });

  it('is itself when what is removed is not there', () => {
    const map = PersistentMap.empty<number>().with('a', 1);
    expect(map.without('b')).toBe(map);
  });

  it('holds a hundred thousand entries, and gives them all back', () => {
    let map = PersistentMap.empty<number>();
    for (let n = 0; n < 100_000; n++) map = map.with(`key-${n}`, n);
    expect(map.size).toBe(100_000);
    for (let n = 0; n < 100_000; n += 997) expect(map.get(`key-${n}`)).toBe(n);
    for (let n = 0; n < 100_000; n++) map = map.without(`key-${n}`);
    expect(map.size).toBe(0);
    expect([...map.keys()]).toEqual([]);
  });
});
