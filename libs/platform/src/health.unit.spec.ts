import { whyNotLive, whyNotReady, type ReadyFacts } from './health';
import { LoopLag } from './observe/loop-lag';

const fine: ReadyFacts = { reasons: [], takesWrites: true, lagSeconds: 0 };

describe('a process', () => {
  it('is live while its event loop turns, whatever else is wrong', () => {
    expect(whyNotLive(5_000)).toEqual([]);
    expect(whyNotLive(5_001)).toEqual(['the event loop is 5001 ms late']);
  });

  it.each<[string, Partial<ReadyFacts>, readonly string[]]>([
    ['everything is fine', {}, []],
    ['read models are a little behind', { lagSeconds: 30 }, []],
    ['read models are far behind', { lagSeconds: 30.6 }, ['read models are 31 s behind the log']],
    ['the log cannot be read', { lagSeconds: null }, ['the event store cannot be read']],
    ['the log takes no writes', { takesWrites: false }, ['the event store takes no writes']],
    ['loops have something against it', { reasons: ['shutting down'] }, ['shutting down']],
    [
      'everything is wrong',
      { reasons: ['a', 'b'], takesWrites: false, lagSeconds: null },
      ['a', 'b', 'the event store takes no writes', 'the event store cannot be read'],
    ],
  ])('says why it is not ready when %s', (_, facts, reasons) =>
    expect(whyNotReady({ ...fine, ...facts })).toEqual(reasons),
  );
});

describe('how late the event loop is', () => {
  it('is told by a look that came late, by one that is missing, and forgotten with the next one in time', () => {
    let now = 0;
    const loop = new LoopLag(() => now);
    now = 1_000;
    loop.tick();
    expect(loop.ms()).toBe(0);
    now = 9_000;
    expect(loop.ms()).toBe(7_000);
    loop.tick();
    expect(loop.ms()).toBe(7_000);
    now = 10_000;
    loop.tick();
    expect(loop.ms()).toBe(0);
  });
});
