import 'reflect-metadata';
import {
  activation,
  assignmentInstances,
  assignmentRequests,
  id,
  role,
  TestServer,
  type Answer,
} from './support/server';

interface Inner {
  readonly id: string;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body?: Record<string, unknown> & { error?: { code: string } };
}

/** Several requests in one (reference §0.4), and the headers that every answer has. */
describe('a batch', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const batch = async (who: string, requests: readonly object[], version = 'v1.0') => {
    const answer = await server.call(who, 'POST', `/${version}/$batch`, { requests });
    const { responses = [] } = answer.body as { responses?: readonly Inner[] };
    return { answer, of: (wanted: string) => responses.find((one) => one.id === wanted) };
  };

  const expectRefused = ({ status, body }: Answer): void => {
    expect(status).toBe(400);
    expect(body.error?.code).toBe('BadRequest');
  };

  it('reads, acts and reads again, in the order it depends on', async () => {
    const filter = `$filter=roleDefinitionId eq '${role.userAdministrator}'&$select=id`;
    const holds = `/${assignmentInstances}/filterByCurrentUser(on='principal')?${filter}`;
    const { answer, of } = await batch('erin', [
      { id: 'after', method: 'GET', url: holds, dependsOn: ['go'] },
      { id: 'before', method: 'GET', url: holds },
      {
        id: 'go',
        method: 'POST',
        url: `/${assignmentRequests}`,
        headers: { 'Content-Type': 'application/json' },
        body: activation(id.erin, role.userAdministrator),
        dependsOn: ['before'],
      },
    ]);
    expect(answer.status).toBe(200);
    expect(of('before')?.body).toMatchObject({ value: [] });
    expect(of('go')).toMatchObject({ status: 201, body: { status: 'Provisioned', principalId: id.erin } });
    expect(of('after')).toMatchObject({ status: 200, body: { value: [expect.any(Object)] } });
    expect(of('go')?.headers).toMatchObject({
      'Content-Type': expect.stringMatching(/^application\/json;/),
      'OData-Version': '4.0',
      Location: `${server.url}/v1.0/${assignmentRequests}/${String(of('go')?.body?.['id'])}`,
      'request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('asks of each request what it would ask of it alone', async () => {
    const requests = [
      { id: 'mine', method: 'get', url: 'me?$select=id' },
      { id: 'readers', method: 'GET', url: `/${assignmentRequests}` },
      { id: 'after', method: 'GET', url: '/me', dependsOn: ['readers'] },
      {
        id: 'as-ada',
        method: 'GET',
        url: '/me?$select=id',
        headers: { authorization: `Bearer ${await server.token('ada')}` },
      },
      { id: 'health', method: 'GET', url: '/health/ready' },
      { id: 'verb', method: 'PUT', url: '/me', body: {} },
      {
        id: 'text',
        method: 'POST',
        url: `/${assignmentRequests}`,
        headers: { 'content-type': 'text/plain' },
        body: 'x',
      },
      { id: 'nothing', method: 'PATCH', url: `/users/${id.frank}`, body: null },
    ];
    const { of } = await batch('erin', requests, 'beta');
    expect(of('mine')).toMatchObject({ status: 200, body: { id: id.erin } });
    expect(of('readers')).toMatchObject({ status: 403, body: { error: { code: 'Authorization_RequestDenied' } } });
    expect(of('after')).toMatchObject({ status: 424, body: { error: { code: 'FailedDependency' } } });
    expect(of('as-ada')).toMatchObject({ status: 200, body: { id: id.erin } });
    expect(of('health')?.status).toBe(404);
    expect(of('verb')).toMatchObject({ status: 405, headers: { Allow: 'GET' } });
    expect(of('text')?.status).toBe(415);
    expect(of('nothing')?.status).toBe(403);
  });

  it('answers without a body where there is none', async () => {
    const { of } = await batch('ada', [
      { id: '1', method: 'PATCH', url: `/users/${id.frank}`, body: { jobTitle: 'Engineer' } },
    ]);
    expect(of('1')).toMatchObject({ status: 204 });
    expect(of('1')).not.toHaveProperty('body');
  });

  it.each<[string, unknown]>([
    ['none', []],
    ['21', Array.from({ length: 21 }, (_, n) => ({ id: `${n}`, method: 'GET', url: '/me' }))],
    ['no list', {}],
    ['one that is none', [7]],
    ['one without a url', [{ id: '1', method: 'GET' }]],
    ['one of another method', [{ id: '1', method: 'TRACE', url: '/me' }]],
    ['a batch', [{ id: '1', method: 'POST', url: '/$batch', body: { requests: [] } }]],
    ['one of another server', [{ id: '1', method: 'GET', url: 'https://elsewhere.example/v1.0/me' }]],
    [
      'two of one id',
      [
        { id: '1', method: 'GET', url: '/me' },
        { id: '1', method: 'GET', url: '/me' },
      ],
    ],
  ])('is refused as a whole when it holds %s', async (_name, requests) => {
    const before = await server.ports.eventStore.head();
    const answer = await server.call('ada', 'POST', '$batch', { requests });
    expectRefused(answer);
    expect(await server.ports.eventStore.head()).toBe(before);
  });

  it('needs a token itself', async () => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ requests: [{ id: '1', method: 'GET', url: '/me' }] });
    expect((await server.raw('POST', '$batch', { headers, body })).status).toBe(401);
  });

  it('is posted, never read', async () => {
    const answer = await server.call('erin', 'GET', '$batch');
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
  });
});
