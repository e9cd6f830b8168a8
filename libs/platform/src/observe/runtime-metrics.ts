import { Gauge, type Registry } from 'prom-client';
import { within, type Lag } from '@pim/engine';
import type { RuntimeNumbers } from '../run/runtime-numbers';

/** Milliseconds that a question to a server may take: Prometheus gives up after ten seconds by default. */
const patienceMs = 2_000;

/** The answer, or null when there is none in time. */
const asked = async <T>(question: () => Promise<T>): Promise<T | null> => {
  try {
    return await within(patienceMs, question(), () => new Error('no answer in time'));
  } catch {
    return null;
  }
};

type Label = 'context' | 'topic' | 'group' | 'lease';

const gaugesIn = (registry: Registry) => {
  const gauge = <L extends Label = never>(name: string, help: string, ...labelNames: readonly L[]) =>
    new Gauge<L>({ name: `openpim_${name}`, help, labelNames, registers: [registry] });
  return {
    storeUp: gauge('event_store_up', '1 when the log can be read, 0 when not.'),
    projectionEvents: gauge('projection_lag_events', 'Events in the log that read models do not hold; 1000: at least.'),
    projectionSeconds: gauge('projection_lag_seconds', 'Age of the oldest event that read models do not hold.'),
    relayEvents: gauge('relay_lag_events', 'Events in the log that the bus has not taken; 1000: at least.', 'context'),
    relaySeconds: gauge('relay_lag_seconds', 'Age of the oldest event that the bus has not taken.', 'context'),
    topicSeconds: gauge('state_topic_lag_seconds', 'Age of the oldest event not told on a compacted topic.', 'topic'),
    deadlines: gauge('deadlines_set', 'Deadlines that are set and not answered, due ones included.', 'context'),
    overdue: gauge('deadline_overdue_seconds', 'How long the oldest unanswered deadline has been due.', 'context'),
    lease: gauge('lease_held', '1 when this process publishes and watches deadlines for it.', 'lease'),
    consumer: gauge('consumer_up', '1 when the consumer runs or is starting, 0 when it is down.', 'group'),
    parked: gauge('parked_messages', 'Events set aside because the group could not handle them.', 'group'),
  };
};

type Gauges = ReturnType<typeof gaugesIn>;

const refreshProjection = async (gauges: Gauges, numbers: RuntimeNumbers): Promise<void> => {
  const lag = await asked(() => numbers.projectionLag());
  gauges.storeUp.set(lag ? 1 : 0);
  gauges.projectionEvents.remove();
  gauges.projectionSeconds.remove();
  if (!lag) return;
  gauges.projectionEvents.set(lag.events);
  gauges.projectionSeconds.set(numbers.secondsSince(lag.since));
};

const refreshWorks = async (gauges: Gauges, numbers: RuntimeNumbers): Promise<void> => {
  const { relayEvents, relaySeconds, topicSeconds, deadlines, overdue, lease } = gauges;
  const works = numbers.works();
  const lags = await Promise.all(works.map(({ relayLag }) => (relayLag ? asked(relayLag) : null)));
  const topics = works.flatMap((work) => work.topicLags);
  const topicLags = await Promise.all(topics.map(({ lag }) => asked(lag)));
  for (const gauge of [relayEvents, relaySeconds, topicSeconds, deadlines, overdue, lease]) gauge.reset();
  for (const [n, { context, isHeld, scheduler }] of works.entries()) {
    lease.set({ lease: `${context}.work` }, isHeld ? 1 : 0);
    tellLag(lags[n], (lag) => {
      relayEvents.set({ context }, lag.events);
      relaySeconds.set({ context }, numbers.secondsSince(lag.since));
    });
    if (!scheduler) continue;
    deadlines.set({ context }, scheduler.size());
    overdue.set({ context }, numbers.secondsSince(scheduler.overdueSince()));
  }
  for (const [n, { topic }] of topics.entries())
    tellLag(topicLags[n], ({ since }) => topicSeconds.set({ topic }, numbers.secondsSince(since)));
};

const tellLag = (lag: Lag | null | undefined, tell: (lag: Lag) => void): void => {
  if (lag) tell(lag);
};

const refreshConsumers = async ({ consumer, parked }: Gauges, numbers: RuntimeNumbers): Promise<void> => {
  const counts = await asked(() => numbers.parked());
  consumer.reset();
  parked.reset();
  for (const { group, isDown } of numbers.consumers()) {
    consumer.set({ group }, isDown ? 0 : 1);
    if (counts) parked.set({ group }, counts.get(group) ?? 0);
  }
};

/** Shows what the loops of a process say of themselves; what cannot be told in time is left out. */
export const runtimeMetrics =
  (numbers: RuntimeNumbers) =>
  (registry: Registry): (() => Promise<void>) => {
    const gauges = gaugesIn(registry);
    return async () => {
      await Promise.all([
        refreshProjection(gauges, numbers),
        refreshWorks(gauges, numbers),
        refreshConsumers(gauges, numbers),
      ]);
    };
  };
