/** What a span is about: a call that came in, work inside, a call or a message that goes out, or a message that came. */
export type SpanKind = 'server' | 'internal' | 'client' | 'producer' | 'consumer';

export type SpanAttributes = Readonly<Record<string, string | number>>;

export interface SpanOptions {
  readonly kind: SpanKind;
  /** W3C trace context of what caused it; absent or unreadable: a trace of its own begins. */
  readonly parent?: string | undefined;
  readonly attributes?: SpanAttributes;
}

/** A piece of work that has begun. */
export interface Span {
  /** W3C trace context for what this causes: `00-<trace id>-<span id>-<flags>`. */
  readonly traceparent: string;
  /** `failure`: what it threw. Only what kind of error it is is told, because its message may say anything. */
  end(more?: { readonly attributes?: SpanAttributes; readonly failure?: unknown }): void;
}

/**
 * Begins spans; none of it throws. The context is handed on in plain sight, in the command and in the event, so that work
 * done for many at once keeps each one's own.
 */
export interface Tracing {
  start(name: string, options: SpanOptions): Span;
  /** Sends what was collected, within two seconds. */
  close(): Promise<void>;
}
