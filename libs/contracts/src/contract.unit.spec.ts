import { contract, upcast } from './contract';

/** v1 had one name, v2 split it, v3 added an initial. */
const renamed = contract(
  'SomethingNamed',
  ({ name }: { name: string }) => ({ first: name.split(' ')[0], last: name.split(' ')[1] }),
  (v2: { first: string; last: string }) => ({ ...v2, initial: v2.first.charAt(0) }),
);

describe('a contract', () => {
  it('begins at version 1', () => expect(contract('Begun')).toEqual({ type: 'Begun', version: 1, upcasters: [] }));
  it('is one version further with every upcaster', () => expect(renamed.version).toBe(3));
});

describe('upcasting', () => {
  const current = { first: 'Ada', last: 'Lovelace', initial: 'A' };

  it('lifts the oldest version through every step, in order', () =>
    expect(upcast(renamed, 1, { name: 'Ada Lovelace' })).toEqual(current));
  it('lifts a version in between through the rest', () =>
    expect(upcast(renamed, 2, { first: 'Ada', last: 'Lovelace' })).toEqual(current));
  it('leaves the current version as it is, unknown fields included', () => {
    const data = { ...current, addedByANewerBuild: true };
    expect(upcast(renamed, 3, data)).toBe(data);
  });
  it('never changes what was stored', () => {
    const stored = Object.freeze({ first: 'Ada', last: 'Lovelace' });
    upcast(renamed, 2, stored);
    expect(stored).toEqual({ first: 'Ada', last: 'Lovelace' });
  });
  it.each([4, 0, -1])('never guesses: version %i is an error that names the type and what is known', (version) =>
    expect(() => upcast(renamed, version, {})).toThrow(
      `SomethingNamed v${version} is unknown here (this build knows up to v3)`,
    ),
  );
});
