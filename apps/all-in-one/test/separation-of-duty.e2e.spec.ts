import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Crash } from './support/crash';
import { Gate } from './support/gate';
import { expectRebuildToEqual, readLog } from './support/log';
import {
  assignment,
  assignmentInstances,
  assignmentRequests,
  eligibilityInstances,
  eligibilityRequests,
  id,
  role,
  TestServer,
  type Answer,
} from './support/server';

const pairs = '/openpim/v1/separationOfDuty';
const standing = 'roleManagement/directory/roleAssignments';
const groupRequests = 'identityGovernance/privilegedAccess/group';
const { securityReader: reader, userAdministrator: admin, helpdeskAdministrator, securityAdministrator } = role;

/** Two roles that nobody may have together: how that is declared, and every way to come to have both. */
describe('separation of duty', () => {
  const gate = new Gate();
  const crash = new Crash({ call: 'append', when: 'after', nth: 1 });
  let server: TestServer;
  let pair = '';
  beforeAll(async () => {
    server = await TestServer.start(undefined, undefined, (ports) => gate.through(crash.through(ports)));
  });
  afterAll(() => server.stop());

  const paul = (method: string, path: string, body?: unknown) => server.call('paul', method, path, body);
  const declare = (roleDefinitionIds: readonly string[], who = 'paul', reason = 'Whoever audits changes nothing') =>
    server.call(who, 'POST', pairs, { roleDefinitionIds, reason });
  const withdraw = (pairId: string) => paul('DELETE', `${pairs}/${pairId}`);
  const problem = ({ status, body }: Answer) => [status, body['title']];
  const refused = ({ status, body }: Answer) => [status, body.error?.code];
  const byRule = [400, 'RoleAssignmentRequestPolicyValidationFailed'];
  const until = (endDateTime: string) => ({ scheduleInfo: { expiration: { type: 'afterDateTime', endDateTime } } });

  /** An administrator's request, for good unless said otherwise. */
  const ask = (set: string, principalId: string, roleId: string, more: object = {}, action = 'adminAssign') =>
    paul('POST', set, assignment(action, principalId, roleId, more));
  const assign = (principalId: string, roleDefinitionId: string, directoryScopeId = '/') =>
    paul('POST', standing, { principalId, roleDefinitionId, directoryScopeId });
  const instances = async (set: string, principalId: string) =>
    (await paul('GET', `${set}?$filter=principalId eq '${principalId}'`)).body.value ?? [];
  const holds = async (principalId: string) =>
    (await instances(assignmentInstances, principalId)).map((one) => one['roleDefinitionId']);
  const remove = async (principalId: string) => {
    for (const one of await instances(assignmentInstances, principalId))
      await paul('DELETE', `${standing}/${String(one['id'])}`);
  };

  let people = 0;
  /** Somebody new, who has nothing. */
  const somebody = async (): Promise<string> => {
    people += 1;
    const mailNickname = `somebody${people}`;
    const { status, body } = await server.call('ada', 'POST', 'users', {
      displayName: mailNickname,
      mailNickname,
      userPrincipalName: `${mailNickname}@contoso.example`,
      accountEnabled: true,
      passwordProfile: { password: 'x' },
    });
    expect([status, body.error]).toEqual([201, undefined]);
    return String(body['id']);
  };
  /** A group that may hold roles. */
  const group = async (...members: string[]): Promise<string> => {
    people += 1;
    const { status, body } = await server.call('ada', 'POST', 'groups', {
      displayName: `Group ${people}`,
      mailNickname: `group${people}`,
      mailEnabled: false,
      securityEnabled: true,
      isAssignableToRole: true,
      'members@odata.bind': members.map((one) => `${server.url}/v1.0/directoryObjects/${one}`),
    });
    expect([status, body.error]).toEqual([201, undefined]);
    return String(body['id']);
  };
  const ref = (memberId: string) => ({ '@odata.id': `${server.url}/v1.0/directoryObjects/${memberId}` });
  const join = (groupId: string, memberId: string) => paul('POST', `groups/${groupId}/members/$ref`, ref(memberId));
  const membersOf = async (groupId: string) =>
    ((await paul('GET', `groups/${groupId}/members`)).body.value ?? []).map((one) => one['id']);
  const typesIn = async (stream: string) =>
    (await readLog(server.ports.eventStore)).filter((event) => event.stream === stream).map(({ type }) => type);

  describe('is declared', () => {
    it('by who administers roles, and read by everybody', async () => {
      expect(problem(await declare([reader, admin], 'erin'))).toEqual([403, 'Authorization_RequestDenied']);
      expect((await server.call('erin', 'GET', pairs)).body).toEqual({ value: [] });
      const { status, body, headers } = await declare([reader.toUpperCase(), admin]);
      expect(status).toBe(201);
      pair = String(body['id']);
      expect(body).toEqual({
        id: pair,
        roleDefinitionIds: [reader, admin],
        reason: 'Whoever audits changes nothing',
        createdBy: { id: id.paul, kind: 'user' },
        createdDateTime: server.clock.now(),
      });
      expect(headers.get('location')).toContain(`${pairs}/${pair}`);
      expect((await server.call('erin', 'GET', pairs)).body).toEqual({ value: [body] });
      expect((await server.call('erin', 'GET', `${pairs}/${pair}`)).body).toEqual(body);
    });

    it.each<[string, unknown, string]>([
      ['one role', [reader], 'BadRequest'],
      ['three roles', [reader, admin, helpdeskAdministrator], 'BadRequest'],
      ['no ids', ['x', 'y'], 'BadRequest'],
      ['the same role twice', [reader, reader.toUpperCase()], 'Request_BadRequest'],
      ['a role that is not there', [reader, id.erin], 'Request_BadRequest'],
    ])('not of %s', async (_what, roleDefinitionIds, code) => {
      const answer = await paul('POST', pairs, { roleDefinitionIds, reason: 'x' });
      expect(problem(answer)).toEqual([400, code]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    });

    it('not without a reason, not twice, and not withdrawn unless it is there', async () => {
      expect(problem(await declare([reader, helpdeskAdministrator], 'paul', ''))).toEqual([400, 'BadRequest']);
      expect(problem(await declare([admin, reader]))).toEqual([409, 'Conflict']);
      expect(problem(await withdraw(id.erin))).toEqual([404, 'Request_ResourceNotFound']);
    });

    it('not while somebody has both: they are named, and it is in the audit log', async () => {
      const answer = await declare([admin, helpdeskAdministrator]);
      expect(problem(answer)).toEqual([409, 'Conflict']);
      expect(answer.body['detail']).toContain(`${id.erin}, ${id.frank}.`);
      expect((await paul('GET', pairs)).body.value).toHaveLength(1);
      const audits = `auditLogs/directoryAudits?$filter=activityDisplayName eq 'Update role setting in PIM'`;
      const said = (await server.call('sam', 'GET', audits)).body.value ?? [];
      const ours = said.filter((one) => JSON.stringify(one['additionalDetails']).includes('SeparationOfDuty'));
      expect(ours.map(({ result }) => result).sort()).toEqual(['failure', 'success']);
    });
  });

  describe('is kept when a role is given', () => {
    it('active or eligible, and says which role is in the way; a trial says the same', async () => {
      const active = await ask(assignmentRequests, id.erin, reader);
      expect(refused(active)).toEqual(byRule);
      expect(active.body.error?.message).toBe(
        'The following policy rules failed: ["SeparationOfDutyRule"]. Nobody may have ' +
          `Security Reader (${reader}) together with User Administrator (${admin}), ` +
          `which ${id.erin} has or is eligible for. End that first.`,
      );
      const trial = await ask(assignmentRequests, id.erin, reader, { isValidationOnly: true });
      expect(trial.body.error?.message).toBe(active.body.error?.message);
      expect(refused(await ask(eligibilityRequests, id.sam, admin))).toEqual(byRule);
      expect(await holds(id.sam)).toEqual([reader]);
      const last = (await readLog(server.ports.eventStore)).at(-1);
      expect(last).toMatchObject({ type: 'RequestRefused', data: { principalId: id.sam, code: byRule[1] } });
    });

    it('outside PIM, at whatever scope, and by reference', async () => {
      const { body } = await server.call('ada', 'POST', 'administrativeUnits', { displayName: 'Apart' });
      const unit = `/administrativeUnits/${String(body['id'])}`;
      expect(refused(await assign(id.sam, admin))).toEqual(byRule);
      expect(refused(await assign(id.sam, admin, unit))).toEqual(byRule);
      expect(refused(await paul('POST', `directoryRoles/${admin}/members/$ref`, ref(id.sam)))).toEqual(byRule);
      const who = await somebody();
      expect((await assign(who, admin, unit)).status).toBe(201);
      expect(refused(await assign(who, reader))).toEqual(byRule);
      expect((await typesIn(`roleSchedule-${reader}@/`)).at(-1)).toBe('ScheduleChangeRefused');
    });

    it('to a group, for the sake of its members, and to a member, for the sake of their group', async () => {
      const who = await somebody();
      const both = await group(who);
      await assign(who, reader);
      const toGroup = await ask(eligibilityRequests, both, admin);
      expect(refused(toGroup)).toEqual(byRule);
      expect(toGroup.body.error?.message).toContain(who);
      await remove(who);
      expect((await ask(eligibilityRequests, both, admin)).status).toBe(201);
      expect(refused(await assign(who, reader))).toEqual(byRule);
      expect(refused(await assign(both, reader))).toEqual(byRule);
    });

    it('with other times, but not while the two do not meet', async () => {
      const who = await somebody();
      const readers = (action: string, endDateTime: string) =>
        ask(assignmentRequests, who, reader, until(endDateTime), action);
      expect((await readers('adminAssign', '2026-03-03T08:00:00Z')).status).toBe(201);
      const from = { startDateTime: '2026-03-04T08:00:00Z', expiration: { type: 'noExpiration' } };
      expect((await ask(eligibilityRequests, who, admin, { scheduleInfo: from })).status).toBe(201);
      expect(refused(await readers('adminExtend', '2026-03-04T08:01:00Z'))).toEqual(byRule);
      expect(refused(await readers('adminUpdate', '2026-03-04T08:01:00Z'))).toEqual(byRule);
      expect((await readers('adminUpdate', '2026-03-04T08:00:00Z')).status).toBe(201);
      await server.at('2026-03-04T09:00:00.000Z');
      expect(refused(await readers('adminRenew', '2026-03-05T08:00:00Z'))).toEqual(byRule);
    });
  });

  describe('is kept when somebody comes into a group', () => {
    let admins = '';
    beforeAll(async () => {
      admins = await group();
      await ask(eligibilityRequests, admins, admin);
    });
    const asMember = (kind: 'assignment' | 'eligibility', who: string, action: string, more: object) =>
      server.call(who === id.sam ? 'sam' : 'paul', 'POST', `${groupRequests}/${kind}ScheduleRequests`, {
        accessId: 'member',
        groupId: admins,
        principalId: id.sam,
        action,
        justification: 'On call this week',
        ...more,
      });
    const hour = { scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT1H' } } };

    it('by reference, on record; whoever asks again under the same id is told the same', async () => {
      expect(refused(await join(admins, id.sam))).toEqual(byRule);
      expect(await typesIn(`principal-${admins}`)).toContain('GroupMemberRefused');
      const again = async () =>
        server.raw('POST', `groups/${admins}/members/$ref`, {
          headers: {
            authorization: `Bearer ${await server.token('paul')}`,
            'content-type': 'application/json',
            'client-request-id': '00000000-0000-4000-8000-00000000050d',
          },
          body: JSON.stringify(ref(id.sam)),
        });
      expect([refused(await again()), refused(await again())]).toEqual([byRule, byRule]);
    });

    it('together with others, of whom none comes in then', async () => {
      const members = [await somebody(), id.sam];
      const bound = members.map((one) => ref(one)['@odata.id']);
      expect(refused(await paul('PATCH', `groups/${admins}`, { 'members@odata.bind': bound }))).toEqual(byRule);
      const value = members.map((one) => ({ value: one }));
      const answer = await server.raw('PATCH', `/scim/v2/Groups/${admins}`, {
        headers: { authorization: `Bearer ${await server.token('paul')}`, 'content-type': 'application/scim+json' },
        body: JSON.stringify({
          schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
          Operations: [{ op: 'add', path: 'members', value }],
        }),
      });
      expect([answer.status, answer.body['detail']]).toEqual([400, expect.stringContaining('SeparationOfDutyRule')]);
      expect(await membersOf(admins)).toEqual([]);
    });

    it('by PIM for Groups: who is eligible cannot activate it, nor be made active', async () => {
      const forGood = { scheduleInfo: { expiration: { type: 'noExpiration' } } };
      expect((await asMember('eligibility', id.paul, 'adminAssign', forGood)).status).toBe(201);
      expect(refused(await asMember('assignment', id.sam, 'selfActivate', hour))).toEqual(byRule);
      expect(refused(await asMember('assignment', id.paul, 'adminAssign', hour))).toEqual(byRule);
    });

    it('while the membership lasts', async () => {
      await remove(id.sam);
      expect((await asMember('assignment', id.sam, 'selfActivate', hour)).status).toBe(201);
      expect(refused(await assign(id.sam, reader))).toEqual(byRule);
      const after = new Date(Date.parse(server.clock.now()) + 60 * 60_000).toISOString();
      const from = { startDateTime: after, expiration: { type: 'noExpiration' } };
      expect((await ask(assignmentRequests, id.sam, reader, { scheduleInfo: from })).status).toBe(201);
      await server.later(61);
      expect(await holds(id.sam)).toEqual([reader]);
    });
  });

  describe('is kept when two act in the same moment', () => {
    const ways: readonly [string, (who: string, roleId: string) => Promise<Answer>][] = [
      ['by a request', (who, roleId) => ask(assignmentRequests, who, roleId)],
      ['outside PIM', (who, roleId) => assign(who, roleId)],
    ];
    const orders = ways.flatMap(([how, give]) =>
      [
        [reader, admin],
        [admin, reader],
      ].map(([late = '', early = '']) => ({ how, give, late, early })),
    );

    it.each(orders)(
      '$how: $late, decided before $early was given and recorded after',
      async ({ give, late, early }) => {
        const who = await somebody();
        const aboutToBeGranted = gate.close('AssignmentGranted');
        const second = give(who, late);
        await aboutToBeGranted;
        expect((await assign(who, early)).status).toBe(201);
        gate.open();
        await second;
        await server.running.runtime.settled();
        expect(await holds(who)).toEqual([early]);
        const ended = (await readLog(server.ports.eventStore))
          .filter(({ type }) => type === 'AssignmentRemoved')
          .at(-1);
        expect(ended).toMatchObject({
          stream: `roleSchedule-${late}@/`,
          data: { principalId: who, reason: 'separation-of-duty' },
        });
      },
    );

    it('a member comes into a group while they get a role', async () => {
      const [who, admins] = [await somebody(), await group()];
      await ask(eligibilityRequests, admins, admin);
      const aboutToJoin = gate.close('GroupMemberAdded');
      const joining = join(admins, who);
      await aboutToJoin;
      expect((await assign(who, reader)).status).toBe(201);
      gate.open();
      expect(refused(await joining)).toEqual(byRule);
      expect([await membersOf(admins), await holds(who)]).toEqual([[], [reader]]);
      expect((await typesIn(`principal-${admins}`)).slice(-3)).toEqual([
        'GroupMemberAdded',
        'GroupMemberRefused',
        'GroupMemberRemoved',
      ]);
    });

    it('a group gets a role while a member comes into it', async () => {
      const [who, admins] = [await somebody(), await group()];
      await assign(who, reader);
      const aboutToBeGranted = gate.close('EligibilityGranted');
      const granting = ask(eligibilityRequests, admins, admin);
      await aboutToBeGranted;
      expect((await join(admins, who)).status).toBe(204);
      gate.open();
      await granting;
      await server.running.runtime.settled();
      expect([await membersOf(admins), await instances(eligibilityInstances, admins)]).toEqual([[who], []]);
    });

    it('somebody gets both while the pair is declared, which does not come about', async () => {
      const who = await somebody();
      await assign(who, reader);
      const aboutToBeDeclared = gate.close('SeparationOfDutyDeclared');
      const declaring = declare([reader, securityAdministrator]);
      await aboutToBeDeclared;
      expect((await assign(who, securityAdministrator)).status).toBe(201);
      gate.open();
      const answer = await declaring;
      expect([problem(answer), answer.body['detail']]).toEqual([[409, 'Conflict'], expect.stringContaining(who)]);
      expect((await paul('GET', pairs)).body.value).toHaveLength(1);
    });

    it('a pair is declared while somebody gets the second role', async () => {
      const who = await somebody();
      await assign(who, reader);
      const aboutToBeGranted = gate.close('AssignmentGranted');
      const granting = assign(who, role.exchangeAdministrator);
      await aboutToBeGranted;
      const declared = await declare([reader, role.exchangeAdministrator]);
      expect(declared.status).toBe(201);
      gate.open();
      expect(refused(await granting)).toEqual([409, 'Conflict']);
      expect(await holds(who)).toEqual([reader]);
    });
  });

  it('ends when it is withdrawn', async () => {
    expect((await withdraw(pair)).status).toBe(204);
    const who = await somebody();
    await assign(who, reader);
    expect((await assign(who, admin)).status).toBe(201);
    expect(problem(await withdraw(pair))).toEqual([404, 'Request_ResourceNotFound']);
  });

  it('ends when one of the roles is deleted', async () => {
    const rolePermissions = [{ allowedResourceActions: ['microsoft.directory/users/password/update'] }];
    const definitions = 'roleManagement/directory/roleDefinitions';
    const made = await paul('POST', definitions, { displayName: 'Password Desk', isEnabled: true, rolePermissions });
    const declared = await declare([String(made.body['id']), reader]);
    expect([made.status, declared.status]).toEqual([201, 201]);
    expect((await paul('DELETE', `${definitions}/${String(made.body['id'])}`)).status).toBe(204);
    await server.running.runtime.settled();
    expect((await paul('GET', `${pairs}/${String(declared.body['id'])}`)).status).toBe(404);
  });

  it('leaves read models that a rebuild makes again', async () => {
    await expectRebuildToEqual(server);
  });

  it('is kept after a crash right behind a grant that nobody comes back to', async () => {
    const who = await somebody();
    const aboutToBeGranted = gate.close('AssignmentGranted');
    const granting = assign(who, role.exchangeAdministrator);
    granting.catch(() => undefined);
    await aboutToBeGranted;
    expect((await assign(who, reader)).status).toBe(201);
    await server.running.runtime.settled();
    crash.arm();
    gate.open();
    await crash.happened;
    await server.abandon();
    server = await TestServer.start(server.clock.now(), server.folder);
    await server.running.runtime.settled();
    // Neither may be left: either was looked at again beside the other.
    expect((await holds(who)).length).toBeLessThan(2);
    expect(await server.ports.bus.parked()).toEqual([]);
  });

  /** What a process recorded that died right behind it. */
  const leave = async (stream: string, type: string, data: object): Promise<void> => {
    const log = await readLog(server.ports.eventStore);
    const revision = log.filter((event) => event.stream === stream).at(-1)?.revision ?? 'no-stream';
    const [eventId, actor] = [randomUUID(), { id: id.paul, kind: 'user' as const }];
    const metadata = { actor, authentication: null, correlationId: eventId, causationId: eventId };
    const event = { id: eventId, type, version: type === 'GroupMemberAdded' ? 2 : 1, data, metadata };
    await server.ports.eventStore.append(stream, [event], revision);
    await server.running.runtime.settled();
  };

  it('is kept after a crash right behind a member who came in, and behind a declaration', async () => {
    const at = server.clock.now();
    const [who, readers] = [await somebody(), await group()];
    await assign(who, role.exchangeAdministrator);
    await assign(readers, reader);
    await leave(`principal-${readers}`, 'GroupMemberAdded', {
      groupId: readers,
      groupType: 'group',
      memberId: who,
      at,
    });
    expect(await membersOf(readers)).toEqual([]);
    await assign(who, securityAdministrator);
    const roleDefinitionIds = [role.exchangeAdministrator, securityAdministrator];
    const by = { id: id.paul, kind: 'user' };
    await leave('separationOfDuty-tenant', 'SeparationOfDutyDeclared', {
      pairId: who,
      roleDefinitionIds,
      reason: 'x',
      by,
      at,
    });
    expect(problem(await paul('GET', `${pairs}/${who}`))).toEqual([404, 'Request_ResourceNotFound']);
    expect((await typesIn('separationOfDuty-tenant')).at(-1)).toBe('SeparationOfDutyWithdrawn');
  });
});
