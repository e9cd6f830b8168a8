import type { RecordedEvent, Tracing, WatchPage } from '@pim/engine';

/** Milliseconds. What is older is folded again, and nobody's trace is open for it. */
const freshMs = 60_000;

/** A span for each fresh event of a trace, from when its page of the log was begun until read models hold it. */
export const tracedPages = (tracing: Tracing, now: () => string): WatchPage => {
  const isFresh = ({ recordedAt }: RecordedEvent): boolean => Date.parse(now()) - Date.parse(recordedAt) < freshMs;
  return (events) => {
    const spans = events.flatMap((event) => {
      const { traceparent: parent, correlationId } = event.metadata;
      if (parent === undefined || !isFresh(event)) return [];
      const attributes = { 'openpim.stream': event.stream, 'openpim.correlation_id': correlationId };
      return [tracing.start(`project ${event.type}`, { kind: 'consumer', parent, attributes })];
    });
    return () => spans.forEach((span) => span.end());
  };
};
