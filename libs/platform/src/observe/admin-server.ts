import { createServer, type Server, type ServerResponse } from 'node:http';

/** What is answered under one path. */
export interface AdminAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export type AdminRoutes = Readonly<Record<string, () => Promise<AdminAnswer>>>;

const notFound: AdminAnswer = { status: 404, type: 'text/plain', body: 'Not here. There are /metrics and /health.\n' };
const failed: AdminAnswer = { status: 500, type: 'text/plain', body: 'It cannot be told now.\n' };

const send = (response: ServerResponse, { status, type, body }: AdminAnswer): void => {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
};

/** Answers GET requests to a few paths on a port of its own, for whoever runs the process and nobody else. */
export const createAdminServer = (routes: AdminRoutes): Server =>
  createServer({ headersTimeout: 5_000, requestTimeout: 10_000 }, ({ method, url = '' }, response) => {
    const path = url.split('?')[0] ?? '';
    const route = method === 'GET' && Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (!route) return send(response, notFound);
    route().then(
      (answer) => send(response, answer),
      () => send(response, failed),
    );
  });
