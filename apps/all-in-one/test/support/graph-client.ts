import { Client, HTTPMessageHandler, type Context, type Middleware } from '@microsoft/microsoft-graph-client';
import type { TestServer } from './server';

/**
 * The client sends tokens and follows links over https only: its last step is what stands in front of a server there,
 * and brings the token along.
 */
class Tls implements Middleware {
  private readonly send = new HTTPMessageHandler();

  constructor(
    private readonly server: TestServer,
    private readonly user: string,
  ) {}

  async execute(context: Context): Promise<void> {
    const authorization = `Bearer ${await this.server.token(this.user)}`;
    context.request = String(context.request).replace(/^https:/, 'http:');
    context.options = { ...context.options, headers: { ...(context.options?.headers as object), authorization } };
    await this.send.execute(context);
    const { status, headers } = context.response ?? new Response();
    const text = (await context.response?.text()) ?? '';
    const body = text === '' ? null : text.replaceAll(this.server.url, secure(this.server));
    context.response = new Response(body, { status, headers });
  }
}

const secure = ({ url }: TestServer): string => url.replace('http:', 'https:');

/** Microsoft's client as somebody; `before` is what a request goes through ahead of sending. */
export const graphClient = (
  server: TestServer,
  user: string,
  defaultVersion = 'v1.0',
  before: readonly Middleware[] = [],
): Client => {
  const last = new Tls(server, user);
  before.at(-1)?.setNext?.(last);
  return Client.initWithMiddleware({ baseUrl: secure(server), defaultVersion, middleware: before[0] ?? last });
};
