import 'reflect-metadata';
import { activation, assignment, assignmentRequests, id, role, TestServer, type Answer } from './support/server';

const limits = { caller: 100, tenant: 0, address: 3, audit: 5 };

/** Calls sent again because their answer was lost, and calls that are too many (reference §5.2, §8.1). */
describe('calls that come again and again', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start(undefined, undefined, undefined, { http: { limits, isIdempotent: true } });
  });
  afterAll(() => server.stop());

  type How = Parameters<TestServer['token']>[1];

  /** A POST under a client's own id of it. */
  const post = async (who: string, path: string, key: string, body: object, how: How = {}): Promise<Answer> =>
    server.raw('POST', path, {
      headers: {
        authorization: `Bearer ${await server.token(who, how)}`,
        'content-type': 'application/json',
        'client-request-id': key,
      },
      body: JSON.stringify(body),
    });

  const head = () => server.ports.eventStore.head();

  const typesSince = async (after: bigint): Promise<readonly string[]> =>
    (await server.ports.eventStore.readAll({ after, limit: 100 })).map(({ type }) => type);

  /** Sends it again: the same answer, and nothing more on record. */
  const expectSame = async (first: Answer, again: () => Promise<Answer>): Promise<void> => {
    await server.running.runtime.settled();
    const before = await head();
    const second = await again();
    expect([second.status, second.body]).toEqual([first.status, first.body]);
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect(await typesSince(before)).toEqual([]);
  };

  const helpdesk = activation(id.frank, role.userAdministrator);

  it('gives an activation once, and the answer as often as it is asked for, also after a restart', async () => {
    const again = () => post('frank', assignmentRequests, 'activate', helpdesk);
    const first = await again();
    expect(first).toMatchObject({ status: 201, body: { status: 'Provisioned' } });
    await expectSame(first, again);
    const { url } = server;
    server = await server.restart();
    const second = await again();
    const moved = (text: string | null) => text?.replace(url, server.url);
    expect([second.status, JSON.stringify(second.body)]).toEqual([201, moved(JSON.stringify(first.body))]);
    await expectSame(second, again);
  });

  it('takes another request under the same id for a mistake', async () => {
    const before = await head();
    const other = { ...helpdesk, justification: 'Another one' };
    for (const answer of [
      await post('frank', assignmentRequests, 'activate', other),
      await post('frank', `/beta/${assignmentRequests}`, 'activate', helpdesk),
      await post('frank', 'directoryObjects/getByIds', 'activate', { ids: [id.ada] }),
    ])
      expect(answer).toMatchObject({ status: 409, body: { error: { code: 'Conflict' } } });
    expect(await typesSince(before)).toEqual([]);
  });

  it('does one of several at once', async () => {
    const before = await head();
    const body = activation(id.erin, role.userAdministrator);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => post('erin', assignmentRequests, 'at-once', body)),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(answers.map(({ body: { id: made } }) => made)).size).toBe(1);
    expect((await typesSince(before)).filter((type) => type === 'RequestSubmitted')).toHaveLength(1);
  });

  it('repeats a refusal, but judges again who signed in with more', async () => {
    const body = activation(id.erin, role.helpdeskAdministrator);
    const again = () => post('erin', assignmentRequests, 'refused', body, { mfa: false });
    const before = await head();
    const first = await again();
    expect(first.status).toBe(400);
    const second = await again();
    expect([second.status, second.body.error?.code]).toEqual([400, first.body.error?.code]);
    expect(await typesSince(before)).toEqual(['RequestRefused']);
    const ticket = { ticketInfo: { ticketNumber: 'T-1', ticketSystem: 'Desk' } };
    expect((await post('erin', assignmentRequests, 'refused', { ...body, ...ticket })).status).toBe(201);
  });

  it('lets everybody have ids of their own', async () => {
    const give = (who: string) =>
      post(who, assignmentRequests, 'give', assignment('adminAssign', id.sam, role.helpdeskAdministrator));
    expect((await give('ada')).status).toBe(201);
    expect((await give('paul')).body.error?.code).toBe('RoleAssignmentExists');
  });

  it.each<[string, string, object]>([
    [
      'a user',
      'users',
      { displayName: 'Nina', userPrincipalName: 'nina@contoso.example', accountEnabled: true, mailNickname: 'nina' },
    ],
    [
      'a group with members',
      'groups',
      {
        displayName: 'Night shift',
        mailEnabled: false,
        mailNickname: 'night',
        securityEnabled: true,
        'members@odata.bind': [`https://graph.microsoft.com/v1.0/users/${id.erin}`],
      },
    ],
    [
      'a member',
      `groups/${id.helpdesk}/members/$ref`,
      { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id.frank}` },
    ],
    [
      'a custom role',
      'roleManagement/directory/roleDefinitions',
      {
        displayName: 'Application reader',
        isEnabled: true,
        rolePermissions: [{ allowedResourceActions: ['microsoft.directory/applications/standard/read'] }],
      },
    ],
    [
      'a standing assignment',
      'roleManagement/directory/roleAssignments',
      { principalId: id.heidi, roleDefinitionId: role.securityReader, directoryScopeId: '/' },
    ],
    [
      'a holder of a directory role',
      `directoryRoles/${role.securityReader}/members/$ref`,
      { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id.grace}` },
    ],
  ])('makes %s once', async (_name, path, body) => {
    const again = () => post('ada', path, `make:${path}`, body);
    const first = await again();
    expect(first.status).toBeLessThan(300);
    await expectSame(first, again);
  });

  it('repeats each request of a batch', async () => {
    const requests = [
      {
        id: '1',
        method: 'POST',
        url: `/${assignmentRequests}`,
        body: activation(id.grace, role.helpdeskAdministrator),
      },
    ];
    const again = () => post('grace', '$batch', 'batch', { requests });
    const made = ({ body }: Answer) => (body['responses'] as [{ status: number; body: { id: string } }])[0];
    const first = made(await again());
    expect(first.status).toBeLessThan(500);
    const before = await head();
    expect(made(await again())).toMatchObject({ status: first.status });
    expect(await typesSince(before)).toEqual([]);
  });

  it('takes an id for a new one after a day', async () => {
    await server.later(25 * 60);
    const before = await head();
    expect(await post('frank', assignmentRequests, 'activate', helpdesk)).toMatchObject({ status: 201 });
    expect(await typesSince(before)).toContain('AssignmentGranted');
  });

  it('answers 429 with the time to wait, and lets the caller go on then', async () => {
    await server.later(1);
    const answers: Answer[] = [];
    for (let n = 0; n < 101; n++) answers.push(await server.call('alice', 'GET', 'me'));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(100);
    const last = answers.at(-1);
    expect(last).toMatchObject({ status: 429, body: { error: { code: 'TooManyRequests' } } });
    expect(last?.headers.get('retry-after')).toBe('1');
    expect((await server.call('bob', 'GET', 'me')).status).toBe(200);
    await server.later(1);
    expect((await server.call('alice', 'GET', 'me')).status).toBe(200);
  });

  it('counts the requests in a batch one by one', async () => {
    const requests = Array.from({ length: 6 }, (_, n) => ({
      id: `${n}`,
      method: 'GET',
      url: '/auditLogs/directoryAudits?$top=1',
    }));
    const { body } = await server.call('sam', 'POST', '$batch', { requests });
    const statuses = (body['responses'] as { status: number }[]).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it('counts strangers by their address, and never who asks for its health', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 4; n++) statuses.push((await server.raw('GET', 'me')).status);
    expect(statuses).toEqual([401, 401, 401, 429]);
    expect((await server.raw('GET', '/health/live')).status).toBe(200);
    expect((await server.call('erin', 'GET', 'me')).status).toBe(200);
  });
});
