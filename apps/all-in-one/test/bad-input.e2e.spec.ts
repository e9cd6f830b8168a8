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

/** Bad input gets a clear answer in Graph's shape and changes nothing. */
describe('bad input', () => {
  let server: TestServer;
  let before: bigint;
  beforeAll(async () => {
    server = await TestServer.start();
    before = await server.ports.eventStore.head();
  });
  afterAll(() => server.stop());

  const good = activation(id.erin, role.userAdministrator) as Record<string, unknown>;
  const bearer = async (who = 'erin') => ({ authorization: `Bearer ${await server.token(who)}` });

  const expectGraphError = ({ status, body }: Answer, wanted: number, code?: string): void => {
    expect(status).toBe(wanted);
    expect(body.error).toEqual({
      code: code ?? expect.any(String),
      message: expect.any(String),
      innerError: {
        date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
        'request-id': expect.any(String),
        'client-request-id': expect.any(String),
      },
    });
    expect(JSON.stringify(body)).not.toMatch(/\.ts|\.js:|node_modules|at Object|stack/);
  };

  afterEach(async () => expect(await server.ports.eventStore.head()).toBe(before));

  it.each<[string, string]>([
    ['malformed JSON', '{"action": "selfActivate"'],
    ['a list', '[]'],
    ['a word', '"selfActivate"'],
    ['JSON nested 10,000 deep', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['a list nested 10,000 deep', `{"action":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    ['a polluted prototype', '{"__proto__": {"isAdministrator": true}, "action": "selfActivate"}'],
    ['null', 'null'],
    ['a number', '5'],
  ])('%s', async (_name, text) => {
    const headers = { ...(await bearer()), 'content-type': 'application/json' };
    expectGraphError(await server.raw('POST', assignmentRequests, { headers, body: text }), 400);
  });

  it.each(['"justification":"\\ud800"', '"customData":"\\udc00x"', '"ticketInfo":{"ticketNumber":"\\ud800"}'])(
    'half of a character, which no log could keep: %s',
    async (member) => {
      const headers = { ...(await bearer()), 'content-type': 'application/json' };
      const body = JSON.stringify({ ...good, justification: undefined }).replace('{', `{${member},`);
      expectGraphError(await server.raw('POST', assignmentRequests, { headers, body }), 400, 'BadRequest');
    },
  );

  it.each([undefined, 'null', '[]', '7'])('%s instead of a rule', async (body) => {
    const headers = { ...(await bearer('ada')), ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const policy = `DirectoryRole_e0000000-0000-4000-8000-000000000001_${role.userAdministrator}`;
    const path = `policies/roleManagementPolicies/${policy}/rules/Expiration_EndUser_Assignment`;
    expectGraphError(await server.raw('PATCH', path, { headers, ...(body === undefined ? {} : { body }) }), 400);
  });

  it.each([
    ['/openpim/v1/approvals/decisions', 'decisions'],
    ['$batch', 'requests'],
  ])('a list inside the list of %s', async (path, name) => {
    const { status, body } = await server.call('alice', 'POST', path, { [name]: [[]] });
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining(`each of ${name} must be an object`)]);
  });

  const some = 'a0000000-0000-4000-8000-00000000dead';
  it.each<[string, string, object]>([
    ['POST', 'approvalDelegations', { delegateId: id.bob, endDateTime: '2026-03-03T08:00:00Z', justification: ' \n' }],
    ['PATCH', `emergencyReviews/${some}`, { verdict: 'justified', comment: '\t' }],
    ['POST', `scheduleRequests/${some}/decision`, { decision: 'Approve', justification: '\u00a0' }],
    ['POST', 'separationOfDuty', { roleDefinitionIds: [role.securityReader, role.userAdministrator], reason: '  ' }],
  ])('blanks for a reason in %s %s', async (method, path, body) => {
    const answer = await server.call('ada', method, `/openpim/v1/${path}`, body);
    expect([answer.status, answer.body['detail']]).toEqual([400, expect.stringContaining('must say why')]);
  });

  it('a body of 2 MB', async () => {
    const headers = { ...(await bearer()), 'content-type': 'application/json' };
    const body = JSON.stringify({ ...good, justification: 'x'.repeat(2_000_000) });
    expectGraphError(await server.raw('POST', assignmentRequests, { headers, body }), 413);
  });

  it('a body that is no JSON at all', async () => {
    const headers = { ...(await bearer()), 'content-type': 'text/plain' };
    expectGraphError(await server.raw('POST', assignmentRequests, { headers, body: 'x' }), 415);
  });

  const cases: readonly (readonly [string, object, string?])[] = [
    ['no action', { action: undefined }],
    ['a null action', { action: null }],
    ['an unknown action', { action: 'selfDestruct' }],
    ['an action of another type', { action: 7 }],
    ['a principal that is no GUID', { principalId: 'erin' }],
    ['an unknown role', { roleDefinitionId: '00000000-0000-4000-8000-000000000000' }, 'RoleNotFound'],
    ['both scopes', { appScopeId: '/' }, 'InvalidRoleAssignmentRequest'],
    ['neither scope', { directoryScopeId: undefined }, 'InvalidRoleAssignmentRequest'],
    ['another scope', { directoryScopeId: '/administrativeUnits/1' }, 'InvalidScope'],
    ['a property nobody knows', { color: 'red' }],
    ['scheduleInfo of the wrong type', { scheduleInfo: 'PT1H' }],
    ['a ticket of the wrong type', { ticketInfo: { ticketNumber: 7 } }],
    [
      'the 30th of February',
      {
        scheduleInfo: {
          startDateTime: '2026-02-30T00:00:00Z',
          expiration: { type: 'afterDuration', duration: 'PT1H' },
        },
      },
      'InvalidRoleAssignmentRequestSchedule',
    ],
    [
      'an unknown expiration type',
      { scheduleInfo: { expiration: { type: 'never' } } },
      'InvalidRoleAssignmentRequestSchedule',
    ],
    [
      'a negative duration',
      { scheduleInfo: { expiration: { type: 'afterDuration', duration: '-PT1H' } } },
      'InvalidRoleAssignmentRequestSchedule',
    ],
    [
      'a duration of four minutes',
      { scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT4M' } } },
      'ActiveDurationTooShort',
    ],
    [
      'an end in the past',
      { scheduleInfo: { expiration: { type: 'afterDateTime', endDateTime: '2020-01-01T00:00:00Z' } } },
      'InvalidRoleAssignmentRequestSchedule',
    ],
    [
      'a recurrence',
      { scheduleInfo: { recurrence: { pattern: {} }, expiration: { type: 'afterDuration', duration: 'PT1H' } } },
      'InvalidRoleAssignmentRequestSchedule',
    ],
  ];
  for (const [name, change, code] of cases)
    it(name, async () => {
      expectGraphError(await server.call('erin', 'POST', assignmentRequests, { ...good, ...change }), 400, code);
    });

  it('acting for somebody else, which changes nothing but is on record', async () => {
    expectGraphError(await server.call('frank', 'POST', assignmentRequests, good), 403, 'Authorization_RequestDenied');
    const recorded = await server.ports.eventStore.readAll({ after: before, limit: 10 });
    expect(recorded).toMatchObject([{ type: 'RequestRefused', data: { code: 'Authorization_RequestDenied' } }]);
    before = recorded[0]?.position ?? before;
  });

  it.each([
    "principalId eq 'a",
    'principalId',
    "nothing eq 'x'",
    `${'('.repeat(10_000)}status eq 'x'${')'.repeat(10_000)}`,
    `${'not '.repeat(5_000)}(status eq 'x')`,
    `status eq '${'x'.repeat(9_000)}'`,
    "$where eq 'sleep(1000)'",
    'startDateTime ge 2026-02-30T00:00:00Z',
    "contains(principalId,'((((((a+)+)+)+)+)+')  and",
  ])('a hostile $filter: %.40s', async (filter) => {
    const answer = await server.call('sam', 'GET', `${assignmentInstances}?$filter=${encodeURIComponent(filter)}`);
    expect([400, 414, 431]).toContain(answer.status);
  });

  it.each([
    '$top=-1',
    '$top=x',
    '$skip=-5',
    '$skiptoken=garbage',
    '$orderby=nothing',
    '$select=nothing',
    '$expand=nothing',
    '$apply=x',
  ])('the query option %s', async (option) =>
    expectGraphError(await server.call('sam', 'GET', `${assignmentInstances}?${option}`), 400),
  );

  it.each([
    [`${assignmentInstances}/nothing`, 404],
    [`${assignmentRequests}/nothing`, 404],
    ['roleManagement/directory/nothing', 404],
    [`${assignmentInstances}/filterByCurrentUser(on='subject')`, 400],
    ['policies/roleManagementPolicies', 400],
    ['policies/roleManagementPolicies/nothing', 404],
    ['users/nobody@contoso.example', 404],
    ['/nothing', 404],
    ['/v2.0', 404],
    ['/V1.0/me', 404],
    ['ME', 404],
    ['/v1.0//me', 404],
    ['users/%00', 404],
    ['users/a%2F..%2Fme', 404],
    [`users/${'x'.repeat(600)}`, 414],
    ['users/%ff', 400],
    ['%E0%A4%A', 400],
  ])('the path %.60s', async (path, status) => expectGraphError(await server.call('sam', 'GET', path), status));

  it.each(['HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'POST', 'QUERY'])('%s where only GET is', async (method) => {
    const answer = await server.call('ada', method, assignmentInstances, method === 'HEAD' ? undefined : {});
    expect(answer.headers.get('allow')).toBe('GET');
    if (method === 'HEAD') expect(answer.status).toBe(405);
    else expectGraphError(answer, 405, 'Request_UnsupportedQuery');
  });

  it.each(['/openpim', '/openpim/v1/nothing', '/health/nothing'])('%s, which Graph does not have', async (path) => {
    const { status, body, headers } = await server.call('sam', 'GET', path);
    expect([status, headers.get('content-type')]).toEqual([404, 'application/problem+json; charset=utf-8']);
    expect(body).toMatchObject({ type: 'urn:pim:problem:Request_ResourceNotFound', status: 404 });
  });

  it('a set spelt in another way is the same set, with the same permissions', async () => {
    const scopes = ['RoleEligibilitySchedule.ReadWrite.Directory'];
    const token = await server.token('ada', { scopes });
    const listed = await server.call(token, 'GET', '/beta/roleManagement/directory/%72oleEligibilityScheduleRequests');
    expect(listed.body['@odata.context']).toMatch(/\/beta\/\$metadata#.*\/roleEligibilityScheduleRequests$/);
    // Nobody can deactivate an eligibility: as an assignment this would be judged, and refused, by other rules.
    const body = { ...good, principalId: id.ada };
    const path = 'roleManagement/directory/role%45ligibilityScheduleRequests';
    const { error } = (await server.call(token, 'POST', path, body)).body;
    expect(error?.message).toContain('selfActivate is an action of roleAssignmentScheduleRequests');
  });

  it('tokens that are missing, expired, foreign or unsigned', async () => {
    const call = (token: string) => server.raw('GET', 'me', { headers: { authorization: `Bearer ${token}` } });
    const token = await server.token('erin');
    const [header = '', payload = '', signature = ''] = token.split('.');
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
    const other = Buffer.from(JSON.stringify({ ...claimsOf(payload), oid: id.ada })).toString('base64url');
    const foreign = Buffer.from(JSON.stringify({ ...claimsOf(payload), iss: 'https://evil.example' })).toString(
      'base64url',
    );
    for (const bad of [
      '',
      'garbage',
      await server.token('erin', { expiresIn: -10 }),
      `${unsigned}.${payload}.`,
      `${unsigned}.${payload}.${signature}`,
      `${header}.${other}.${signature}`,
      `${header}.${foreign}.${signature}`,
      'x'.repeat(20_000),
    ]) {
      expectGraphError(await call(bad), 401, 'InvalidAuthenticationToken');
    }
    expectGraphError(await server.raw('GET', 'me'), 401, 'InvalidAuthenticationToken');
    expect((await call(token)).status).toBe(200);
  });

  it('a token without the scope, or a person without the role', async () => {
    const narrow = await server.token('sam', { scopes: ['User.Read'] });
    expectGraphError(await server.call(narrow, 'GET', assignmentInstances), 403, 'PermissionScopeNotGranted');
    expectGraphError(await server.call('erin', 'GET', assignmentInstances), 403, 'Authorization_RequestDenied');
  });
});

const claimsOf = (payload: string): object => JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
