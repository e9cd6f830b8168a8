import fc from 'fast-check';
import type { Deadline } from './deadline';
import { DueIndex } from './due-index';
import { accountStream } from './spec/account';

const deadline: Deadline = { name: 'lapse', source: accountStream, due: () => [], command: (subject) => subject };
const at = (second: number): string => new Date(Date.UTC(2026, 2, 1) + second * 1_000).toISOString();
const change = (index: DueIndex, key: string, second: number | null): void =>
  index.change(deadline, { key, at: second === null ? null : at(second), subject: {} }, 'correlation');
const taken = (index: DueIndex, second: number): [string, string][] => {
  const all: [string, string][] = [];
  for (let due = index.take(at(second)); due; due = index.take(at(second))) all.push([due.key, due.at]);
  return all;
};

describe('the due-index', () => {
  it('gives what is due, earliest first, and not what is not', () => {
    const index = new DueIndex();
    for (const [key, second] of [
      ['a', 3],
      ['b', 1],
      ['c', 9],
      ['d', 2],
    ] as const)
      change(index, key, second);
    expect(taken(index, 3)).toEqual([
      ['b', at(1)],
      ['d', at(2)],
      ['a', at(3)],
    ]);
    expect(index.first()?.key).toBe('c');
  });

  it('gives a deadline that was moved only at its new time', () => {
    const index = new DueIndex();
    change(index, 'a', 1);
    change(index, 'a', 5);
    expect(taken(index, 4)).toEqual([]);
    expect(taken(index, 5)).toEqual([['a', at(5)]]);
  });

  it('does not give one that was cleared', () => {
    const index = new DueIndex();
    change(index, 'a', 1);
    change(index, 'a', null);
    change(index, 'b', null);
    expect(taken(index, 9)).toEqual([]);
    expect(index.size).toBe(0);
  });

  it('keeps deadlines of the same key under different names apart', () => {
    const index = new DueIndex();
    change(index, 'a', 1);
    index.change({ ...deadline, name: 'start' }, { key: 'a', at: null, subject: {} }, 'correlation');
    expect(index.size).toBe(1);
  });

  it('puts back what was not answered, unless it was moved or cleared meanwhile', () => {
    const index = new DueIndex();
    for (const key of ['kept', 'moved', 'cleared']) change(index, key, 1);
    const all = [index.take(at(1)), index.take(at(1)), index.take(at(1))];
    change(index, 'moved', 7);
    change(index, 'cleared', null);
    for (const due of all) if (due) index.putBack(due);
    expect(taken(index, 9)).toEqual([
      ['kept', at(1)],
      ['moved', at(7)],
    ]);
  });

  it('forgets what was answered, but not what was set again meanwhile', () => {
    const index = new DueIndex();
    for (const key of ['done', 'again']) change(index, key, 1);
    const all = [index.take(at(1)), index.take(at(1))];
    change(index, 'again', 7);
    for (const due of all) if (due) index.answered(due);
    expect(index.size).toBe(1);
    expect(taken(index, 9)).toEqual([['again', at(7)]]);
  });

  it('loses nothing when it throws away thousands of stale entries', () => {
    const index = new DueIndex();
    for (const [key, second] of [
      ['late', 50],
      ['early', 5],
    ] as const)
      change(index, key, second);
    for (let n = 0; n < 5_000; n++) change(index, 'moved', 10 + (n % 7));
    expect(taken(index, 99)).toEqual([
      ['early', at(5)],
      ['moved', at(10 + (4_999 % 7))],
      ['late', at(50)],
    ]);
  });

  it('holds what a plain map would hold after any history, also after thousands of stale entries', () => {
    const steps = fc.array(
      fc.record({ key: fc.integer({ min: 0, max: 5 }), second: fc.option(fc.integer({ min: 0, max: 99 })) }),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(steps, fc.constantFrom(1, 200), (history, rounds) => {
        const index = new DueIndex();
        const model = new Map<string, string>();
        for (let round = 0; round < rounds; round++)
          for (const { key, second } of history) {
            change(index, `${key}`, second);
            if (second === null) model.delete(`${key}`);
            else model.set(`${key}`, at(second));
          }
        expect(index.size).toBe(model.size);
        const all = taken(index, 100);
        expect(new Map(all)).toEqual(model);
        expect(all.map(([, due]) => due)).toEqual([...model.values()].sort());
      }),
      { numRuns: 60 },
    );
  });
});
