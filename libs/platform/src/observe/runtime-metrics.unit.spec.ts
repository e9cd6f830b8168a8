import type { RuntimeNumbers } from '../run/runtime-numbers';
import { Metrics } from './metrics';
import { runtimeMetrics } from './runtime-metrics';

const since = '2026-03-01T10:00:00.000Z';
const behind = async () => ({ events: 3, since });
const none = async () => ({ events: 0, since: null });

const numbers: RuntimeNumbers = {
  secondsSince: (instant) => (instant === since ? 12.5 : 0),
  projectionLag: behind,
  works: () => [
    {
      context: 'assignments',
      isHeld: true,
      relayLag: none,
      topicLags: [{ topic: 'effective-roles', lag: behind }],
      scheduler: { size: () => 7, overdueSince: () => since },
    },
    { context: 'requests', isHeld: false, relayLag: null, topicLags: [], scheduler: null },
  ],
  consumers: () => [
    { group: 'pim.assignments.a', isDown: false },
    { group: 'pim.requests.b', isDown: true },
  ],
  parked: async () => new Map([['pim.requests.b', 2]]),
};

/** Samples by name and labels, without what is the same everywhere. */
const samples = async (more: Partial<RuntimeNumbers> = {}): Promise<Record<string, number>> => {
  const metrics = new Metrics('test');
  metrics.refreshBy(runtimeMetrics({ ...numbers, ...more }));
  // What is shown must not grow by being asked for.
  await metrics.text();
  const lines = (await metrics.text()).split('\n').filter((line) => /^openpim_/.test(line));
  return Object.fromEntries(
    lines.map((line) => {
      const [, name = '', value] = /^openpim_(\S+) (\S+)$/.exec(line.replace(/,?service="test"/, '')) ?? [];
      return [name.replace('{}', ''), Number(value)];
    }),
  );
};

describe('the metrics of the loops', () => {
  it('show how far behind they are, what is set aside, who is down and who does the work', async () =>
    expect(await samples()).toEqual({
      event_store_up: 1,
      projection_lag_events: 3,
      projection_lag_seconds: 12.5,
      'relay_lag_events{context="assignments"}': 0,
      'relay_lag_seconds{context="assignments"}': 0,
      'state_topic_lag_seconds{topic="effective-roles"}': 12.5,
      'deadlines_set{context="assignments"}': 7,
      'deadline_overdue_seconds{context="assignments"}': 12.5,
      'lease_held{lease="assignments.work"}': 1,
      'lease_held{lease="requests.work"}': 0,
      'consumer_up{group="pim.assignments.a"}': 1,
      'consumer_up{group="pim.requests.b"}': 0,
      'parked_messages{group="pim.assignments.a"}': 0,
      'parked_messages{group="pim.requests.b"}': 2,
    }));

  it('leave out what cannot be told, and say that the store is away', async () => {
    const away = (): Promise<never> => Promise.reject(new Error('away'));
    const shown = await samples({ projectionLag: away, parked: away });
    expect(shown).toMatchObject({ event_store_up: 0, 'consumer_up{group="pim.requests.b"}': 0 });
    expect(Object.keys(shown).filter((name) => /^(projection|parked)/.test(name))).toEqual([]);
  });

  it('are asked for once by all who want them at the same time', async () => {
    let count = 0;
    const metrics = new Metrics('test');
    metrics.refreshBy(() => async () => void (count += 1));
    expect(new Set(await Promise.all([metrics.text(), metrics.text()])).size).toBe(1);
    expect(count).toBe(1);
  });
});
