import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import { interact } from './interaction';
import type { DemoUser } from './tenant';

/** Answers a raw request; never throws. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => void;

type Mounted = IncomingMessage & { originalUrl?: string };

/** The provider learns where it is mounted by comparing the two addresses. */
const mountAt = (path: string, request: Mounted): void => {
  const url = request.url ?? '/';
  const inner = url === path || url.startsWith(`${path}/`) || url.startsWith(`${path}?`) ? url.slice(path.length) : url;
  request.originalUrl = url.startsWith(path) ? url : `${path}${url}`;
  request.url = inner.startsWith('/') ? inner : `/${inner}`;
};

/** The provider's own refusals (no sign-in under way, a stale page) carry a status; anything else is a fault. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500;

const fail = (response: ServerResponse, error: unknown, onError: (error: unknown) => void): void => {
  const refused = isRefusal(error);
  if (!refused) onError(error);
  if (response.headersSent) return void response.destroy();
  const text = refused ? 'This sign-in cannot go on. Start again.\n' : 'The development issuer failed; see its log.\n';
  response.writeHead(refused ? 400 : 500, { 'Content-Type': 'text/plain' }).end(text);
};

/** What is served, and where. */
export interface Mount {
  readonly path: string;
  readonly users: readonly DemoUser[];
  readonly load: () => Promise<Provider>;
  /** Told of every failure of ours. */
  readonly onError: (error: unknown) => void;
}

/** Serves the provider and its login page under `path`, loading the provider with the first request. */
export const createHandler = ({ path, users, load, onError }: Mount): NodeHandler => {
  let loading: Promise<Provider> | null = null;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    loading ??= load();
    const provider = await loading;
    mountAt(path, request);
    if (request.url?.startsWith('/interaction/')) return interact(provider, users, request, response);
    return provider.callback()(request, response);
  };
  return (request, response) => {
    serve(request, response).catch((error: unknown) => fail(response, error, onError));
  };
};
