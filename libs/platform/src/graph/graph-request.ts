import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { CommandContext } from '@pim/engine';
import { actorOf, ApiError, type Caller } from '../auth';
import { maxPageSizeOf } from './preferences';

export type GraphVersion = 'v1.0' | 'beta';

/** The parts of an HTTP request that Graph answers depend on. */
export interface GraphRequest {
  readonly version: GraphVersion;
  /** `http://host:port/v1.0`: what `@odata.context` and `@odata.nextLink` start with. */
  readonly base: string;
  /** The route's path behind the version, in segments: `['roleManagement', 'directory', 'roleAssignments', ':id']`. */
  readonly path: readonly string[];
  /** Absolute URL as the client sent it. */
  readonly url: string;
  readonly query: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Entities on a page at most, as the client prefers it; null when it does not say. */
  readonly maxPageSize: number | null;
  readonly caller: Caller;
  /** Records under the id of the request, or of the call that it repeats: nothing is written twice. */
  readonly context: CommandContext;
}

/** A request as the guard leaves it; `caller` is absent only on public routes. */
export type GuardedRequest = FastifyRequest & {
  caller?: Caller;
  call?: Pick<CommandContext, 'commandId' | 'isRepeated'>;
};

/** Both versions of a Graph path, for `@Controller`. */
export const graphPaths = (path: string): string[] => [`v1.0/${path}`, `beta/${path}`];

/** Only HTTP/1.0 leaves the host out; it gets the address it called. */
const addressOf = ({ localAddress = '', localPort }: FastifyRequest['socket']): string =>
  `${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`;

/** What links in answers start with: `http://host:port`. */
export const originOf = ({ protocol, headers, socket, server }: FastifyRequest): string =>
  server.publicUrl ?? `${protocol}://${headers.host ?? addressOf(socket)}`;

const routeOf = ({ routeOptions }: FastifyRequest): readonly string[] => (routeOptions.url ?? '').split('/');

const versionOf = (request: FastifyRequest): GraphVersion => (routeOf(request)[1] === 'beta' ? 'beta' : 'v1.0');

/** `http://host:port/v1.0`, as this client calls it. */
export const baseOf = (request: FastifyRequest): string => `${originOf(request)}/${versionOf(request)}`;

/** Reads a request that passed the guard. Throws 401 on one that did not: no handler runs without a caller. */
export const graphRequestOf = (request: GuardedRequest): GraphRequest => {
  const { caller } = request;
  if (!caller)
    throw new ApiError(401, 'InvalidAuthenticationToken', 'Send an access token as "Authorization: Bearer …".');
  // The route as it is registered, which the permission table was asked about. The path as it was sent may spell the
  // same route in other ways (`%72oleAssignments`), and would then be taken for another set than the one permitted.
  const [, , ...path] = routeOf(request);
  return {
    version: versionOf(request),
    base: baseOf(request),
    path,
    url: `${originOf(request)}${request.originalUrl}`,
    query: request.query as GraphRequest['query'],
    maxPageSize: maxPageSizeOf(request.headers['prefer']),
    caller,
    context: {
      ...(request.call ?? { commandId: request.id }),
      correlationId: request.id,
      ...(request.span ? { traceparent: request.span.traceparent } : {}),
      actor: actorOf(caller),
      authentication: caller.authentication,
    },
  };
};

/** Hands a controller method the request as Graph sees it. */
export const Graph = createParamDecorator((_: unknown, context: ExecutionContext): GraphRequest =>
  graphRequestOf(context.switchToHttp().getRequest<GuardedRequest>()),
);
