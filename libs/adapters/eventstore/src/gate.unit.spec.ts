import { StoreUnavailable } from '@pim/engine';
import { Gate } from './gate';

const minute = 60_000;

/** Pieces of work that go on until each is let go. */
const workAt = (gate: Gate) => {
  const begun: number[] = [];
  const finish: ((fault?: Error) => void)[] = [];
  const start = (n: number, waitMs = minute): Promise<number> =>
    gate.pass(waitMs, () => {
      begun.push(n);
      return new Promise((resolve, reject) => {
        finish[n] = (fault) => (fault ? reject(fault) : resolve(n));
      });
    });
  return { begun, finish, start };
};
const turn = () => new Promise(setImmediate);

describe('a gate', () => {
  it('lets so many in at once, and the others in the order they came', async () => {
    const { begun, finish, start } = workAt(new Gate(2));
    const all = [0, 1, 2, 3].map((n) => start(n));
    expect(begun).toEqual([0, 1]);
    finish[1]?.();
    await turn();
    expect(begun).toEqual([0, 1, 2]);
    finish[0]?.();
    await turn();
    expect(begun).toEqual([0, 1, 2, 3]);
    finish[2]?.();
    finish[3]?.();
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3]);
  });

  it('has as many places afterwards as before, also when work fails', async () => {
    const { begun, finish, start } = workAt(new Gate(1));
    const [first, second] = [start(0), start(1)];
    finish[0]?.(new Error('broken'));
    await expect(first).rejects.toThrow('broken');
    await turn();
    finish[1]?.();
    await second;
    const [third, fourth] = [start(2), start(3)];
    expect(begun).toEqual([0, 1, 2]);
    finish[2]?.();
    await third;
    await turn();
    finish[3]?.();
    await fourth;
  });

  it('turns away who has waited too long, and forgets them', async () => {
    const { begun, finish, start } = workAt(new Gate(1));
    const [first, second, third] = [start(0), start(1, 5), start(2)];
    await expect(second).rejects.toThrow(StoreUnavailable);
    finish[0]?.();
    await first;
    await turn();
    expect(begun).toEqual([0, 2]);
    finish[2]?.();
    await third;
  });
});
