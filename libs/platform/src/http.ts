import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import Fastify, { type FastifyInstance } from 'fastify';
import { normalisePath } from '@pim/odata';
import { useJsonBodies } from './graph/json-body';

export type RawHandler = (request: IncomingMessage, response: ServerResponse) => void;

const limits = {
  /** Bytes; larger bodies are answered 413. */
  bodyLimit: 1_048_576,
  /** Milliseconds for a whole request to arrive: a client that drips bytes is cut off. */
  requestTimeout: 30_000,
  connectionTimeout: 60_000,
};

const isIssuerPath = (url: string | undefined): boolean => url === '/idp' || url?.startsWith('/idp/') === true;

const isGraphPath = (url: string): boolean => /^\/(v1\.0|beta)\//.test(url);

/** What Graph answers with (reference §0.1). */
const odataJson = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

const answerHeaders = (fastify: FastifyInstance): void => {
  fastify.addHook('onSend', async (request, reply) => {
    const clientRequestId = request.headers['client-request-id'];
    reply.headers({
      'request-id': request.id,
      'client-request-id': Array.isArray(clientRequestId) ? request.id : (clientRequestId ?? request.id),
      'OData-Version': '4.0',
      'Cache-Control': 'no-store',
    });
    if (isGraphPath(request.url) && String(reply.getHeader('content-type')).startsWith('application/json'))
      reply.header('content-type', odataJson);
  });
};

/**
 * The HTTP server: OData paths rewritten to plain ones, bounded bodies and headers, Graph's response headers, and the
 * list of routes that gets filled as they are registered.
 */
export const createHttp = (issuer?: RawHandler): { fastify: FastifyInstance; routes: readonly string[] } => {
  const routes: string[] = [];
  const fastify = Fastify({
    ...limits,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    routerOptions: { maxParamLength: 512, ignoreTrailingSlash: true },
    rewriteUrl: (request) => normalisePath(request.url ?? '/'),
    serverFactory: (handler) =>
      createServer({ maxHeaderSize: 32_768 }, (request, response) =>
        issuer && isIssuerPath(request.url) ? issuer(request, response) : handler(request, response),
      ),
  });
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push(`${one} ${url}`);
  });
  answerHeaders(fastify);
  useJsonBodies(fastify);
  return { fastify, routes };
};
