import { CheckpointSaver } from './checkpoint-saver';

const opened = (save: (position: bigint) => void) => {
  const told: unknown[] = [];
  let position = 0n;
  const checkpoints = { save: async (_: string, at: bigint) => save(at) };
  const onError = (error: unknown) => told.push(error);
  const saver = new CheckpointSaver({ checkpoints, name: 'spec', onError, position: () => position }, 0n);
  const moveTo = (at: bigint): void => {
    position = at;
    saver.note();
  };
  return { saver, moveTo, told };
};

describe('a checkpoint saver', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('saves the last of many positions', async () => {
    const saved: bigint[] = [];
    const { moveTo } = opened((at) => saved.push(at));
    for (let at = 1n; at <= 100n; at++) moveTo(at);
    await jest.advanceTimersByTimeAsync(200);
    expect(saved).toEqual([100n]);
  });

  it('sets no timer while the position stands', async () => {
    const { moveTo } = opened(() => undefined);
    moveTo(0n);
    expect(jest.getTimerCount()).toBe(0);
    moveTo(1n);
    await jest.advanceTimersByTimeAsync(1_000);
    moveTo(1n);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('saves what is left when it finishes, and nothing when nothing is', async () => {
    const saved: bigint[] = [];
    const { saver, moveTo } = opened((at) => saved.push(at));
    moveTo(3n);
    await saver.finish();
    await saver.finish();
    expect(saved).toEqual([3n]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('tells of a failure and tries again, but not after it has finished', async () => {
    let tries = 0;
    const { saver, moveTo, told } = opened(() => {
      tries += 1;
      throw new Error('the disk is full');
    });
    moveTo(1n);
    await jest.advanceTimersByTimeAsync(400);
    expect([tries, told.length]).toEqual([2, 2]);
    await saver.finish();
    await jest.advanceTimersByTimeAsync(1_000);
    expect([tries, told.length]).toEqual([3, 3]);
  });
});
