import type { Span, Tracing } from '@pim/engine';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { givenClientRequestId } from '../graph/client-request-id';
import type { Caller } from '../auth';
import type { Observe } from './observe';
import { traceIdOf } from './traced';

declare module 'fastify' {
  interface FastifyInstance {
    observe: Observe;
  }
  interface FastifyRequest {
    /** null: nothing is traced. */
    span: Span | null;
  }
}

/** The pattern of the route, never the path: paths name people, and there are too many of them to count by. */
const routeOf = ({ routeOptions }: FastifyRequest): string => routeOptions.url ?? 'none';

/** What orchestrators and Prometheus ask every few seconds is of no interest to whoever reads the log. */
const isProbe = (route: string): boolean => route.startsWith('/health/') || route === '/metrics';

/** What a line about a request says of it. Never its query, its headers or its body. */
export const aboutRequest = (request: FastifyRequest): object => {
  const { id, method, headers, span } = request;
  const clientRequestId = givenClientRequestId(headers);
  return {
    correlationId: id,
    ...(clientRequestId === null ? {} : { clientRequestId }),
    ...(span ? { traceId: traceIdOf(span.traceparent) } : {}),
    method,
    route: routeOf(request),
  };
};

const tellAnswer = ({ log }: Observe, request: FastifyRequest & { caller?: Caller }, reply: FastifyReply): void => {
  const level = isProbe(routeOf(request)) ? 'debug' : 'info';
  if (!log.isLevelEnabled(level)) return;
  const answer = { status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10 };
  log[level]({ ...aboutRequest(request), ...answer, caller: request.caller?.id ?? null }, 'request answered');
};

const startSpan = (tracing: Tracing, request: FastifyRequest): void => {
  const { method, headers, id } = request;
  const route = routeOf(request);
  if (isProbe(route)) return;
  const given = headers['traceparent'];
  const attributes = { 'http.request.method': method, 'http.route': route, 'openpim.correlation_id': id };
  const parent = typeof given === 'string' ? given : undefined;
  request.span = tracing.start(`${method} ${route}`, { kind: 'server', parent, attributes });
};

const endSpan = ({ span }: FastifyRequest, { statusCode }: FastifyReply): void =>
  span?.end({
    attributes: { 'http.response.status_code': statusCode },
    ...(statusCode >= 500 ? { failure: new Error(`answered ${statusCode}`) } : {}),
  });

/** Counts, logs and traces every request that could be read. */
export const observeHttp = (fastify: FastifyInstance, observe: Observe): void => {
  const { tracing, metrics } = observe;
  fastify.decorate('observe', observe);
  fastify.decorateRequest('span', null);
  if (tracing) fastify.addHook('onRequest', async (request) => startSpan(tracing, request));
  fastify.addHook('onResponse', async (request, reply) => {
    const labels = { method: request.method, route: routeOf(request), status: reply.statusCode };
    metrics.httpRequests.observe(labels, reply.elapsedTime / 1_000);
    tellAnswer(observe, request, reply);
    endSpan(request, reply);
  });
};
