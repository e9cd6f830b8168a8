import { conjunctsOf } from './documents-plan';

const among = (filter: Parameters<typeof conjunctsOf>[0]) => conjunctsOf(filter).map((conjunct) => conjunct.among);

describe('where documents that meet a condition are looked for', () => {
  it('is where a field has a value', () => {
    expect(among({ x: 1, y: { $in: ['a', 'b'], $gt: 'a' } })).toEqual([
      [{ path: 'x', values: [1] }],
      [{ path: 'y', values: ['a', 'b'] }],
      null,
    ]);
  });

  it('is one place for each of several alternatives', () => {
    expect(among({ $or: [{ x: 1 }, { $and: [{ z: { $gt: 2 } }, { $or: [{ y: 2 }, { y: 3 }] }] }] })).toEqual([
      [
        { path: 'x', values: [1] },
        { path: 'y', values: [2] },
        { path: 'y', values: [3] },
      ],
    ]);
  });

  it.each([
    ['one of them can be anywhere', { $or: [{ x: 1 }, { y: { $gt: 2 } }] }],
    ['one of them is that there is nothing', { $or: [{ x: 1 }, { x: null }] }],
    ['none of them may be so', { $nor: [{ x: 1 }] }],
  ])('is everywhere when %s', (_name, filter) => expect(among(filter)).toEqual([null]));

  it('is all there is to a value, and not to an alternative, which may ask for more', () => {
    const whole = conjunctsOf({ x: 1, $or: [{ y: 2, z: 3 }] }).map(({ isWhole }) => isWhole);
    expect(whole).toEqual([true, false]);
  });
});
