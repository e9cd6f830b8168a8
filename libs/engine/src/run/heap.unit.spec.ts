import fc from 'fast-check';
import { Heap } from './heap';

const drained = (heap: Heap<number>): number[] => {
  const items: number[] = [];
  for (let item = heap.pop(); item !== undefined; item = heap.pop()) items.push(item);
  return items;
};
const ordered = (items: readonly number[]): number[] => [...items].sort((a, b) => a - b);
const of = (items: readonly number[]): Heap<number> => {
  const heap = new Heap<number>((a, b) => a < b);
  for (const item of items) heap.push(item);
  return heap;
};

describe('a heap', () => {
  it('is empty at first', () => {
    const heap = of([]);
    expect([heap.size, heap.first(), heap.pop(), heap.size]).toEqual([0, undefined, undefined, 0]);
  });

  it('gives its items in order, whatever the order they came in', () =>
    fc.assert(
      fc.property(fc.array(fc.integer()), (items) => {
        const heap = of(items);
        expect(heap.first()).toBe(ordered(items)[0]);
        expect(drained(heap)).toEqual(ordered(items));
      }),
    ));

  it('stays in order while items come and go', () =>
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer())), (steps) => {
        const heap = of([]);
        let model: number[] = [];
        for (const step of steps) {
          if (step === null) expect(heap.pop()).toBe(model.shift());
          else {
            heap.push(step);
            model = ordered([...model, step]);
          }
          expect(heap.size).toBe(model.length);
        }
      }),
    ));

  it('keeps only what is to be kept', () =>
    fc.assert(
      fc.property(fc.array(fc.integer()), (items) => {
        const heap = of(items);
        heap.retain((item) => item % 2 === 0);
        expect(drained(heap)).toEqual(ordered(items.filter((item) => item % 2 === 0)));
      }),
    ));
});
