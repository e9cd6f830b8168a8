import type { Bus, ConsumerOptions, Handle, RecordedEvent, Tracing } from '@pim/engine';
import type { Observe } from './observe';
import { traced, traceIdOf } from './traced';

/** The event as what it sets off sees it: caused by the span in which it is handled. */
const within = (event: RecordedEvent, traceparent: string): RecordedEvent => ({
  ...event,
  metadata: { ...event.metadata, traceparent },
});

const attributesOf = ({ id, type, stream, metadata }: RecordedEvent) => ({
  'openpim.event.type': type,
  'openpim.event.id': id,
  'openpim.stream': stream,
  'openpim.correlation_id': metadata.correlationId,
});

/** What belongs to no trace begins none: set-up and deadlines would, for each of many events. */
const handleTraced = (tracing: Tracing | null, group: string, handle: Handle): Handle => {
  if (!tracing) return handle;
  return async (event) => {
    const parent = event.metadata.traceparent;
    if (parent === undefined) return handle(event);
    const attributes = { ...attributesOf(event), 'messaging.consumer.group.name': group };
    const span = tracing.start(`handle ${group}`, { kind: 'consumer', parent, attributes });
    return traced(span, () => handle(within(event, span.traceparent)));
  };
};

const handleCounted = ({ log, metrics }: Observe, group: string, handle: Handle): Handle => {
  const succeeded = metrics.handled.labels({ group, outcome: 'succeeded' });
  const failed = metrics.handled.labels({ group, outcome: 'failed' });
  return async (event) => {
    try {
      await handle(event);
      succeeded.inc();
    } catch (err) {
      failed.inc();
      const { id: eventId, type, stream, metadata } = event;
      const { correlationId, traceparent } = metadata;
      const trace = traceparent ? { traceId: traceIdOf(traceparent) } : {};
      log.info({ err, group, eventId, stream, correlationId, ...trace }, `${group} did not handle ${type} this time`);
      throw err;
    }
  };
};

/** The same bus; what is published and handled is counted, logged when it fails, and traced. */
export const observedBus = (bus: Bus, observe: Observe): Bus => {
  const { tracing } = observe;
  const publish = async (event: RecordedEvent): Promise<void> => {
    const parent = event.metadata.traceparent;
    if (!tracing || parent === undefined) return bus.publish(event);
    const span = tracing.start(`publish ${event.type}`, { kind: 'producer', parent, attributes: attributesOf(event) });
    return traced(span, () => bus.publish(event));
  };
  return {
    publish,
    consume: (options: ConsumerOptions, handle: Handle) =>
      bus.consume(options, handleCounted(observe, options.group, handleTraced(tracing, options.group, handle))),
    parked: () => bus.parked(),
    replay: (group, eventId) => bus.replay(group, eventId),
    close: () => bus.close(),
  };
};
