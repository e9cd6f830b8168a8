import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Ids } from '@pim/engine';
import { normalisePath } from '@pim/odata';
import { ApiError } from './auth';
import { clientRequestIdOf } from './graph/client-request-id';
import { countedUrl } from './graph/count-segment';
import { sendError } from './graph/error.filter';
import { useJsonBodies } from './graph/json-body';
import { hasUsableHost, takeOriginForm } from './graph/request-target';
import { createUnreadable } from './graph/unreadable-request';
import { unservedReason } from './graph/unserved';
import { observeHttp } from './observe/observed-http';
import type { Observe } from './observe/observe';

export type RawHandler = (request: IncomingMessage, response: ServerResponse) => void;

export interface HttpOptions {
  /** Gives each request its id, which the ids of what it makes are derived from. */
  readonly ids: Ids;
  /** Serves everything under `/idp`. */
  readonly issuer?: RawHandler | undefined;
  /** What clients call this server by, when it is not its own address: behind a proxy that ends TLS, for example. */
  readonly publicUrl?: string | undefined;
  /** Where all services answer together, when this process is one of several. */
  readonly front?: string | undefined;
  readonly observe: Observe;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** null: clients call it by the address in their own request. */
    publicUrl: string | null;
    /** null: this process serves everything itself. */
    front: string | null;
  }
}

/** Bytes; larger bodies are answered 413. */
const bodyLimit = 1_048_576;

const serverLimits = {
  /** Bytes of path and headers together. */
  maxHeaderSize: 32_768,
  /** Milliseconds for the headers, and for a whole request, to arrive: a client that drips bytes is cut off. */
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  /** How often, in milliseconds, those two are looked at. */
  connectionsCheckingInterval: 5_000,
  /** Milliseconds; longer than load balancers keep an idle connection, so that it is they who close it. */
  keepAliveTimeout: 72_000,
  // Asked for in `refuseBadHost`, which answers in Graph's shape.
  requireHostHeader: false,
};

/** Milliseconds without a byte either way, in the middle of an exchange. */
const idleTimeout = 60_000;

const isIssuerPath = (url: string | undefined): boolean => url === '/idp' || url?.startsWith('/idp/') === true;

const isGraphPath = (url: string): boolean => /^\/(v1\.0|beta)\//.test(url);

/** What Graph answers with (reference §0.1). */
const odataJson = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

const isScimPath = (url: string): boolean => url.startsWith('/scim/');

const headersFor = (request: FastifyRequest): Record<string, string> => ({
  'request-id': request.id,
  'client-request-id': clientRequestIdOf(request.headers, request.id),
  'OData-Version': '4.0',
  'Cache-Control': 'no-store',
});

const answerHeaders = (fastify: FastifyInstance): void => {
  fastify.addHook('onSend', async (request, reply) => {
    reply.headers(headersFor(request));
    if (!String(reply.getHeader('content-type')).startsWith('application/json')) return;
    if (isGraphPath(request.url)) reply.header('content-type', odataJson);
    if (isScimPath(request.url)) reply.header('content-type', 'application/scim+json; charset=utf-8');
  });
};

const refuseBadHost = (fastify: FastifyInstance): void => {
  fastify.addHook('onRequest', async ({ raw }) => {
    if (!hasUsableHost(raw))
      throw new ApiError(400, 'BadRequest', 'Send exactly one Host header, such as "Host: pim.example:8080".');
  });
};

const refuseUnserved = (fastify: FastifyInstance, routes: readonly string[]): void => {
  fastify.addHook('onRequest', async ({ is404, method, url }) => {
    if (is404) throw unservedReason(method, url, routes);
  });
};

const serverFor = (handler: RequestListener): Server => {
  const listen: RequestListener = (request, response) => {
    takeOriginForm(request);
    handler(request, response);
  };
  // Node would answer an expectation it does not know by itself, without a body; nothing here depends on one.
  return createServer(serverLimits, listen).setTimeout(idleTimeout).on('checkExpectation', listen);
};

/**
 * The HTTP server: OData paths rewritten to plain ones, bounded bodies and headers, Graph's response headers, every
 * refusal in Graph's shape, and the list of routes that gets filled as they are registered.
 */
export const createHttp = ({
  ids,
  issuer,
  publicUrl,
  front,
  observe,
}: HttpOptions): { fastify: FastifyInstance; routes: readonly string[] } => {
  const routes: string[] = [];
  const unreadable = createUnreadable();
  const fastify = Fastify({
    bodyLimit,
    exposeHeadRoutes: false,
    // Connections that wait for nothing are closed at once; what is under way may finish (`runApp` bounds how long).
    forceCloseConnections: 'idle',
    genReqId: () => ids.next(),
    requestIdHeader: false,
    routerOptions: { maxParamLength: 512, ignoreTrailingSlash: true },
    rewriteUrl: ({ method, url = '/' }) => countedUrl(method, normalisePath(url)),
    clientErrorHandler: unreadable.refuse,
    // Paths that the router cannot read never reach the hooks.
    frameworkErrors: (error, request, reply) => sendError(error, request, reply.headers(headersFor(request))),
    serverFactory: (handler) =>
      serverFor((request, response) => {
        unreadable.answering(request, response);
        if (issuer && isIssuerPath(request.url)) issuer(request, response);
        else handler(request, response);
      }),
  });
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push(`${one} ${url}`);
  });
  fastify.decorate('publicUrl', publicUrl ?? null);
  fastify.decorate('front', front ?? null);
  observeHttp(fastify, observe);
  answerHeaders(fastify);
  refuseBadHost(fastify);
  refuseUnserved(fastify, routes);
  useJsonBodies(fastify);
  return { fastify, routes };
};
