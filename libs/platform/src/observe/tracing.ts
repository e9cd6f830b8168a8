/** What a span is about: a call that came in, work inside, a message that goes out, or one that came. */
export type SpanKind = 'server' | 'internal' | 'client' | 'producer' | 'consumer';

export type Attributes = Readonly<Record<string, string | number>>;

export interface SpanOptions {
  readonly kind: SpanKind;
  /** W3C trace context of what caused it; absent or unreadable: a trace of its own begins. */
  readonly parent?: string | undefined;
  readonly attributes?: Attributes;
}

/** A piece of work that has begun. */
export interface Span {
  /** W3C trace context for what this causes. */
  readonly traceparent: string;
  /** `failure`: what it threw. */
  end(more?: { readonly attributes?: Attributes; readonly failure?: unknown }): void;
}

/** Begins spans. The context is handed on in plain sight, so that work done for many at once keeps each one's own. */
export interface Tracing {
  start(name: string, options: SpanOptions): Span;
  /** Sends what was collected, within two seconds. */
  close(): Promise<void>;
}

/** A span around some work. */
export const traced = async <T>(span: Span, work: () => Promise<T>): Promise<T> => {
  try {
    const result = await work();
    span.end();
    return result;
  } catch (failure) {
    span.end({ failure });
    throw failure;
  }
};

/** `00-<trace id>-<span id>-<flags>`, as W3C Trace Context writes it. */
export const traceIdOf = (traceparent: string): string => traceparent.slice(3, 35);
