import 'reflect-metadata';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { sendRaw, type RawAnswer } from './support/raw-client';
import { activation, assignmentRequests, id, role, TestServer } from './support/server';

/** Bytes that are no request, or hardly one, get one clear answer, keep nobody else waiting, and change nothing. */
describe('bad bytes', () => {
  let server: TestServer;
  let before: bigint;
  let bearer: string;
  beforeAll(async () => {
    server = await TestServer.start();
    before = await server.ports.eventStore.head();
    bearer = `Authorization: Bearer ${await server.token('erin')}`;
  });
  afterAll(() => server.stop());
  afterEach(async () => expect(await server.ports.eventStore.head()).toBe(before));

  const lines = (...head: readonly string[]): string => `${head.join('\r\n')}\r\n\r\n`;

  const get = (target: string, ...more: readonly string[]): Promise<RawAnswer> =>
    sendRaw(server.url, lines(`GET ${target} HTTP/1.1`, 'Host: pim.example', bearer, 'Connection: close', ...more));

  const post = (headers: readonly string[], body: string): Promise<RawAnswer> => {
    const head = [`POST /v1.0/${assignmentRequests} HTTP/1.1`, 'Host: pim.example', bearer, 'Connection: close'];
    return sendRaw(server.url, lines(...head, 'Content-Type: application/json', ...headers) + body);
  };

  const expectGraphError = (answer: RawAnswer, status: number): void => {
    expect(answer.status).toBe(status);
    const requestId = answer.headers.get('request-id');
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    // One answer, whole: anything behind it would pass for the answer to another request.
    expect(JSON.parse(answer.body)).toMatchObject({ error: { innerError: { 'request-id': requestId } } });
  };

  const contextOf = ({ body }: RawAnswer): unknown => (JSON.parse(body) as Record<string, unknown>)['@odata.context'];

  it.each([
    ['no HTTP', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a version nobody has', 'GET /v1.0/me HTTP/9.9\r\nHost: x\r\n\r\n'],
    ['a method nobody has', 'FOO /v1.0/me HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a blank in the path', 'GET /v1.0/ me HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['lines without CR', 'GET /v1.0/me HTTP/1.1\nHost: x\n\n'],
    ['NUL in a header', 'GET /v1.0/me HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n'],
    ['a folded header', 'GET /v1.0/me HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n'],
  ])('%s', async (_name, bytes) => expectGraphError(await sendRaw(server.url, bytes), 400));

  it.each([
    [
      'both a length and chunks',
      ['Content-Length: 6', 'Transfer-Encoding: chunked'],
      '0\r\n\r\nGET /v1.0/users HTTP/1.1',
    ],
    ['two lengths', ['Content-Length: 2', 'Content-Length: 3'], '{} '],
    ['a negative length', ['Content-Length: -2'], '{}'],
    ['a length that is no number', ['Content-Length: 0x2'], '{}'],
    ['a coding nobody has', ['Transfer-Encoding: xchunked'], '0\r\n\r\n'],
    ['a blank before the colon', ['Transfer-Encoding : chunked'], '0\r\n\r\n'],
    ['a chunk that is none', ['Transfer-Encoding: chunked'], 'zz\r\n{}\r\n'],
  ])('a body with %s, as smugglers send it', async (_name, headers, body) =>
    expectGraphError(await post(headers, body), 400),
  );

  it('a path that cannot be read, before a body that cannot be read: one answer', async () => {
    const head = ['PATCH /v1.0/users/%zz HTTP/1.1', 'Host: x', 'Transfer-Encoding: x', 'Connection: close'];
    expectGraphError(await sendRaw(server.url, lines(...head)), 400);
  });

  it('headers of 40 KB', async () => expectGraphError(await get('/v1.0/me', `X: ${'x'.repeat(40_000)}`), 431));

  it.each([
    ['none', []],
    ['an empty one', ['Host:']],
    ['two', ['Host: pim.example', 'Host: evil.example']],
    ['a hostile one', ['Host: a b"<script>']],
  ])('hosts: %s', async (_name, hosts) =>
    expectGraphError(
      await sendRaw(server.url, lines('GET /v1.0/me HTTP/1.1', bearer, 'Connection: close', ...hosts)),
      400,
    ),
  );

  it('HTTP/1.0 without a host is answered, and its links lead back here', async () => {
    const answer = await sendRaw(server.url, lines('GET /v1.0/me HTTP/1.0', bearer));
    expect(answer.status).toBe(200);
    expect(contextOf(answer)).toBe(`${server.url}/v1.0/$metadata#users/$entity`);
  });

  it('a whole URL as the target is that path on that host, with that path’s version and permissions', async () => {
    const answer = await get('http://pim.example:81/beta/roleManagement/directory/roleDefinitions?$top=1');
    expect(answer.status).toBe(200);
    expect(contextOf(answer)).toBe('http://pim.example:81/beta/$metadata#roleManagement/directory/roleDefinitions');
    expect(answer.body).toContain('"@odata.nextLink":"http://pim.example:81/beta/roleManagement/directory/roleDefin');
    expect(answer.body).toContain('"isPrivileged"');
    expectGraphError(await get('http://x/v1.0/roleManagement/directory/roleAssignments'), 403);
  });

  it.each(['a\r\nX: b'.replace('\r\n', '%0d%0a') + ' c', 'x'.repeat(200), 'a, b', ''])(
    'the client-request-id %.20j is not repeated',
    async (theirs) => {
      const answer = await get('/v1.0/nothing', `client-request-id: ${theirs}`);
      expectGraphError(answer, 404);
      expect(answer.headers.get('client-request-id')).toBe(answer.headers.get('request-id'));
    },
  );

  it('an expectation that nobody knows does not matter', async () =>
    expect((await get('/v1.0/me', 'Expect: nonsense')).status).toBe(200));

  it('half a request, and half a body', async () => {
    expectGraphError(await sendRaw(server.url, 'GET /v1.0/me HT', { hangUp: true }), 400);
    const body = JSON.stringify(activation(id.erin, role.userAdministrator));
    const head = [`POST /v1.0/${assignmentRequests} HTTP/1.1`, 'Host: x', bearer, 'Content-Type: application/json'];
    const bytes = lines(...head, `Content-Length: ${body.length}`) + body.slice(0, -1);
    expectGraphError(await sendRaw(server.url, bytes, { hangUp: true }), 400);
  });

  it('a request that drips in holds up nobody, and is cut off', async () => {
    const http = server.running.app.getHttpServer() as Server;
    expect([http.headersTimeout, http.requestTimeout, http.timeout]).toEqual([15_000, 30_000, 60_000]);
    Object.assign(http, { headersTimeout: 200, requestTimeout: 200 });
    const others = Array.from({ length: 50 }, () => connect(Number(new URL(server.url).port), '127.0.0.1'));
    for (const socket of others) socket.on('error', () => undefined).write('GET /v1.0/me HTTP/1.1\r\nX: ');
    const slow = sendRaw(server.url, 'POST /v1.0/me HTTP/1.1\r\nHost: x\r\nContent-Le', { patience: 20_000 });
    expect((await get('/v1.0/me')).status).toBe(200);
    expectGraphError(await slow, 408);
    for (const socket of others) socket.destroy();
    Object.assign(http, { headersTimeout: 15_000, requestTimeout: 30_000 });
  }, 30_000);
});
