import type { Span as ApiSpan } from '@opentelemetry/api';
import type { SpanExporter } from '@opentelemetry/sdk-trace-node';
import { reasonOf, within, type Span, type SpanOptions, type Tracing } from '@pim/engine';
import { loadPackages, type Packages } from './packages';
import { readTraceparent, writeTraceparent } from './traceparent';

export interface OtlpOptions {
  /** Of the collector, without a slash at the end: `http://collector:4318`. */
  readonly url: string;
  /** `service.name` of its spans. */
  readonly service: string;
  /** Told in one line when spans could not be sent; they are lost. */
  readonly onError: (reason: string) => void;
}

const closeWithinMs = 2_000;

/** An exporter that does not keep silent about what it lost. */
const telling = (inner: SpanExporter, onError: OtlpOptions['onError']): SpanExporter => ({
  export: (spans, done) =>
    inner.export(spans, (result) => {
      if (result.error) onError(`${spans.length} spans were lost: ${reasonOf(result.error)}`);
      done(result);
    }),
  shutdown: () => inner.shutdown(),
});

const providerOf = ({ sdk, exporter, resources }: Packages, { url, service, onError }: OtlpOptions) =>
  new sdk.NodeTracerProvider({
    resource: resources.resourceFromAttributes({ 'service.name': service, 'service.namespace': 'openpim' }),
    spanProcessors: [
      new sdk.BatchSpanProcessor(telling(new exporter.OTLPTraceExporter({ url: `${url}/v1/traces` }), onError)),
    ],
  });

const failureName = (failure: unknown): string => (failure instanceof Error ? failure.name : 'Error');

const spanOf = ({ api }: Packages, span: ApiSpan): Span => ({
  traceparent: writeTraceparent(span.spanContext()),
  end: ({ attributes, failure } = {}) => {
    if (attributes) span.setAttributes(attributes);
    if (failure !== undefined) span.setStatus({ code: api.SpanStatusCode.ERROR, message: failureName(failure) });
    span.end();
  },
});

/**
 * Sends spans to a collector by OTLP over HTTP, in batches and in the background: one that is away costs spans, and nothing
 * else. The SDK's own variables (`OTEL_TRACES_SAMPLER`, `OTEL_BSP_…`, `OTEL_EXPORTER_OTLP_HEADERS`) count.
 */
export const otlpTracing = (options: OtlpOptions): Tracing => {
  const packages = loadPackages();
  const { api } = packages;
  const provider = providerOf(packages, options);
  const tracer = provider.getTracer('openpim');
  const contextOf = (parent: string | undefined) => {
    const context = parent === undefined ? null : readTraceparent(parent);
    return context ? api.trace.setSpanContext(api.ROOT_CONTEXT, context) : api.ROOT_CONTEXT;
  };
  const kinds = {
    server: api.SpanKind.SERVER,
    internal: api.SpanKind.INTERNAL,
    client: api.SpanKind.CLIENT,
    producer: api.SpanKind.PRODUCER,
    consumer: api.SpanKind.CONSUMER,
  };
  return {
    start: (name, { kind, parent, attributes = {} }: SpanOptions) =>
      spanOf(packages, tracer.startSpan(name, { kind: kinds[kind], attributes }, contextOf(parent))),
    close: () =>
      within(closeWithinMs, provider.shutdown(), () => new Error('the collector did not answer in time')).catch(
        (error: unknown) => options.onError(reasonOf(error)),
      ),
  };
};
