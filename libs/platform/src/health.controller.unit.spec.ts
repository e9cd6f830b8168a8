import type { EventStore } from '@pim/engine';
import { HealthController, Readiness } from './health.controller';

const asked: string[] = [];
const append = async (stream: string) => {
  asked.push(stream);
  return { revision: -1, position: 0n };
};

const health = (more: Partial<Readiness> = {}): HealthController =>
  // Nothing else of the store is asked.
  new HealthController(Object.assign(new Readiness(), { reasons: () => [], ...more }), {
    append,
  } as unknown as EventStore);

describe('readiness', () => {
  beforeEach(() => asked.splice(0));

  it('asks the store once for all who want to know at the same time, and anew for the next one', async () => {
    const controller = health({ parked: async () => 3 });
    const answers = await Promise.all(Array.from({ length: 50 }, () => controller.ready()));
    expect(new Set(answers)).toEqual(new Set([{ status: 'ready', parked: 3 }]));
    expect(asked).toHaveLength(1);
    await controller.ready();
    expect(asked).toHaveLength(2);
  });

  it('says why not, and says so when what was set aside cannot be counted', async () => {
    await expect(health({ reasons: () => ['a', 'b'] }).ready()).rejects.toMatchObject({
      status: 503,
      message: 'Not ready: a; b.',
    });
    const controller = health({ parked: () => Promise.reject(new Error('10.0.0.5:9092 is down')) });
    await expect(controller.ready()).rejects.toMatchObject({
      status: 503,
      message: 'Not ready: what was set aside cannot be read.',
    });
    await expect(controller.ready()).rejects.toThrow('Not ready');
  });

  it('is no question of a start that is under way, nor is life', () => {
    const controller = new HealthController(new Readiness(), { append } as unknown as EventStore);
    expect(() => controller.startup()).toThrow('Not started: read models are being folded.');
    expect(controller.live()).toEqual({ status: 'live' });
    expect(asked).toEqual([]);
    expect(health({ isStarted: true }).startup()).toEqual({ status: 'started' });
    expect(() => health({ loopLagMs: () => 60_000 }).live()).toThrow('Not live: the event loop is 60000 ms late.');
  });
});
