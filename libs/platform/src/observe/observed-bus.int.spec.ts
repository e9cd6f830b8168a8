import type { Bus, Handle, RecordedEvent, Tracing } from '@pim/engine';
import { createLog } from './log';
import { Metrics } from './metrics';
import { observedBus } from './observed-bus';

const event = (traceparent?: string): RecordedEvent => ({
  ...{ id: 'e', type: 'RequestSubmitted', version: 1, data: {}, stream: 'request-1', revision: 0, position: 1n },
  recordedAt: '2026-03-02T08:00:00.000Z',
  metadata: {
    ...{ actor: { id: 'a', kind: 'user' }, authentication: null, correlationId: 'c', causationId: 'd' },
    ...(traceparent ? { traceparent } : {}),
  },
});

/** Hands what is published to the one who consumes, once. */
const direct = (): Bus => {
  let handle: Handle = async () => undefined;
  return {
    publish: (one) => handle(one),
    consume: async (_, given) => void (handle = given),
    parked: async () => [],
    replay: async () => 0,
    close: async () => undefined,
  };
};

const start = async (handle: Handle) => {
  const lines: string[] = [];
  const names: string[] = [];
  const tracing: Tracing = {
    start: (name, { parent }) => (names.push(name), { traceparent: `${parent}/${name}`, end: () => undefined }),
    close: async () => undefined,
  };
  const write = (line: string): void => void lines.push(line);
  const log = createLog({ format: 'json', level: 'info', fields: {}, secrets: [] }, { write });
  const metrics = new Metrics('test');
  const bus = observedBus(direct(), { log, metrics, tracing });
  await bus.consume({ group: 'pim.rooms.clean', categories: ['request'] }, handle);
  const counted = async () => (await metrics.text()).match(/outcome="\w+",service="test"} \d/g);
  return { bus, lines, names, counted };
};

describe('an observed bus', () => {
  it('lets what an event sets off go on under the span in which it is handled', async () => {
    const seen: unknown[] = [];
    const { bus, names, counted } = await start(async ({ metadata }) => void seen.push(metadata.traceparent));
    await bus.publish(event('t'));
    await bus.publish(event());
    expect(seen).toEqual(['t/handle pim.rooms.clean', undefined]);
    expect(names).toEqual(['publish RequestSubmitted', 'handle pim.rooms.clean']);
    expect(await counted()).toContain('outcome="succeeded",service="test"} 2');
  });

  it('counts and tells what could not be handled, and lets the bus know', async () => {
    const { bus, lines, counted } = await start(() => Promise.reject(new Error('no broom')));
    await expect(bus.publish(event())).rejects.toThrow('no broom');
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { group: 'pim.rooms.clean', correlationId: 'c', eventId: 'e', stream: 'request-1', err: { message: 'no broom' } },
    ]);
    expect(await counted()).toContain('outcome="failed",service="test"} 1');
  });
});
