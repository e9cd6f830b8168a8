import 'reflect-metadata';
import { readLog, typesOf } from './support/log';
import {
  activation,
  assignment,
  assignmentRequests,
  eligibilityRequests,
  id,
  role,
  TestServer,
  type Answer,
} from './support/server';

const approvals = '/beta/roleManagement/directory/roleAssignmentApprovals';
const policyOf = (roleId: string): string => `DirectoryRole_e0000000-0000-4000-8000-000000000001_${roleId}`;
const policies = 'policies/roleManagementPolicies';

/** What only shows over HTTP about requests, the approvals of them and the settings they are judged by. */
describe('requests over HTTP', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await TestServer.start();
  });
  afterEach(() => server.stop());

  type Person = 'erin' | 'frank' | 'grace' | 'heidi';
  const activate = (who: Person, roleId: string, more: object = {}): Promise<Answer> =>
    server.call(who, 'POST', assignmentRequests, activation(id[who], roleId, more));
  const pending = async (who: Person, roleId: string = role.securityAdministrator, more: object = {}) => {
    const { body } = await activate(who, roleId, more);
    expect(body['status']).toBe('PendingApproval');
    return String(body['id']);
  };
  const request = async (requestId: string, query = ''): Promise<Answer['body']> =>
    (await server.call('sam', 'GET', `${assignmentRequests}/${requestId}${query}`)).body;
  const administer = (path: string, action: string, principalId: string, roleId: string, more: object = {}) =>
    server.call('paul', 'POST', path, assignment(action, principalId, roleId, more));
  const decide = (who: string, approvalId: string, reviewResult = 'Approve') =>
    server.call(who, 'PATCH', `${approvals}/${approvalId}/steps/${approvalId}`, { reviewResult, justification: 'Yes' });
  const approvedBy = (userIds: readonly string[], roleId: string) =>
    server.call('paul', 'PATCH', `${policies}/${policyOf(roleId)}/rules/Approval_EndUser_Assignment`, {
      '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyApprovalRule',
      setting: {
        isApprovalRequired: true,
        approvalStages: [
          { primaryApprovers: userIds.map((userId) => ({ '@odata.type': '#microsoft.graph.singleUser', userId })) },
        ],
      },
    });

  describe('canceling', () => {
    it('looks in its own set only', async () => {
      const scheduleInfo = { startDateTime: '2026-03-03T08:00:00Z', expiration: { type: 'noExpiration' } };
      const { body } = await administer(eligibilityRequests, 'adminAssign', id.heidi, role.userAdministrator, {
        scheduleInfo,
      });
      const cancel = (set: string) => server.call('paul', 'POST', `${set}/${String(body['id'])}/cancel`);
      expect((await cancel(assignmentRequests)).status).toBe(404);
      expect((await cancel(eligibilityRequests)).status).toBe(204);
      const waiting = await pending('erin');
      expect((await server.call('erin', 'POST', `${eligibilityRequests}/${waiting}/cancel`)).status).toBe(404);
      expect(await request(waiting)).toMatchObject({ status: 'PendingApproval' });
    });
  });

  describe('of several at once', () => {
    it('one waits for an approver and the others are told so', async () => {
      const answers = await Promise.all(Array.from({ length: 12 }, () => activate('erin', role.securityAdministrator)));
      const accepted = answers.filter(({ status }) => status === 201);
      expect(accepted.map(({ body }) => body['status'])).toEqual(['PendingApproval']);
      const refused = answers.filter(({ status }) => status !== 201);
      expect(refused.map(({ status, body }) => [status, body.error?.code])).toEqual(
        refused.map(() => [400, 'PendingRoleAssignmentRequest']),
      );
    });

    it('requests of different people do not wait for each other', async () => {
      const answers = await Promise.all([
        activate('erin', role.securityAdministrator),
        activate('frank', role.securityAdministrator),
      ]);
      expect(answers.map(({ body }) => body['status'])).toEqual(['PendingApproval', 'PendingApproval']);
    });
  });

  describe('who may not ask', () => {
    const denied = async (who: string, set: string, body: object): Promise<void> => {
      const before = await server.ports.eventStore.head();
      const answer = await server.call(who, 'POST', set, body);
      expect([answer.status, answer.body.error?.code]).toEqual([403, 'Authorization_RequestDenied']);
      const recorded = await server.ports.eventStore.readAll({ after: before, limit: 10 });
      expect(recorded).toMatchObject([
        {
          type: 'RequestRefused',
          data: { code: 'Authorization_RequestDenied' },
          metadata: { actor: { kind: 'user' } },
        },
      ]);
    };

    it('is told so, and the attempt is on record', async () => {
      await denied('frank', assignmentRequests, activation(id.erin, role.userAdministrator));
      await denied(
        'frank',
        assignmentRequests,
        activation(id.erin, role.userAdministrator, { action: 'selfDeactivate' }),
      );
      await denied('erin', assignmentRequests, assignment('adminAssign', id.erin, role.globalAdministrator));
      await denied('erin', eligibilityRequests, assignment('adminRemove', id.frank, role.userAdministrator));
      const { body } = await server.call('sam', 'GET', "auditLogs/directoryAudits?$filter=result eq 'failure'");
      expect(body.value).toHaveLength(4);
    });

    it('leaves no trace of what was only to be validated, or makes no sense', async () => {
      const before = await server.ports.eventStore.head();
      const more = { isValidationOnly: true };
      const validation = activation(id.erin, role.userAdministrator, more);
      expect((await server.call('frank', 'POST', assignmentRequests, validation)).status).toBe(403);
      const twoScopes = activation(id.erin, role.userAdministrator, { appScopeId: '/' });
      expect((await server.call('frank', 'POST', assignmentRequests, twoScopes)).status).toBe(400);
      expect(await server.ports.eventStore.head()).toBe(before);
    });
  });

  describe('a missing body', () => {
    it.each<[string, string, string, string]>([
      [
        'PATCH',
        `${policies}/${policyOf(role.userAdministrator)}/rules/Expiration_EndUser_Assignment`,
        'InvalidPolicyRule',
        '',
      ],
      ['PATCH', `${policies}/${policyOf(role.userAdministrator)}`, 'BadRequest', ''],
      ['POST', assignmentRequests, 'BadRequest', ''],
      ['POST', eligibilityRequests, 'BadRequest', ''],
      ['PATCH', `${approvals}/x/steps/x`, 'BadRequest', ''],
      [
        'PATCH',
        `${policies}/${policyOf(role.userAdministrator)}/rules/Expiration_EndUser_Assignment`,
        'BadRequest',
        'null',
      ],
      [
        'PATCH',
        `${policies}/${policyOf(role.userAdministrator)}/rules/Expiration_EndUser_Assignment`,
        'BadRequest',
        '[]',
      ],
      [
        'PATCH',
        `${policies}/${policyOf(role.userAdministrator)}/rules/Expiration_EndUser_Assignment`,
        'InvalidPolicyRule',
        ' ',
      ],
    ])('of %s %s is a 400 %s (%j)', async (method, path, code, body) => {
      const headers = { authorization: `Bearer ${await server.token('paul')}` };
      const json = { headers: { ...headers, 'content-type': 'application/json' }, body };
      const answer = await server.raw(method, path, body === '' ? { headers } : json);
      expect([answer.status, answer.body.error?.code]).toEqual([400, code]);
    });
  });

  describe('a request that waits', () => {
    it('has no start until somebody approved it, unless it is to start later', async () => {
      const expiration = { type: 'afterDuration', duration: 'PT1H' };
      const startOf = async (requestId: string) =>
        ((await request(requestId))['scheduleInfo'] as { startDateTime: unknown }).startDateTime;
      const waiting = await pending('erin', role.securityAdministrator, {
        scheduleInfo: { startDateTime: '2022-04-10T00:00:00Z', expiration },
      });
      expect(await startOf(waiting)).toBeNull();
      const later = { startDateTime: '2026-03-02T20:00:00Z', expiration };
      expect(await startOf(await pending('frank', role.securityAdministrator, { scheduleInfo: later }))).toBe(
        '2026-03-02T20:00:00Z',
      );
      await server.later(10);
      expect((await decide('alice', waiting)).status).toBe(204);
      expect(await startOf(waiting)).toBe('2026-03-02T08:10:00Z');
    });

    it('is revoked with the eligibility it rests on, and nobody can approve it any more', async () => {
      const waiting = await pending('erin');
      const other = await pending('frank');
      await server.later(6);
      expect(
        (await administer(eligibilityRequests, 'adminRemove', id.erin, role.securityAdministrator)).body['status'],
      ).toBe('Revoked');
      await server.running.runtime.settled();
      expect(await request(waiting)).toMatchObject({ status: 'Revoked', completedDateTime: '2026-03-02T08:06:00Z' });
      expect(await request(other)).toMatchObject({ status: 'PendingApproval' });
      const { body } = await server.call('alice', 'GET', `${approvals}/filterByCurrentUser(on='approver')`);
      expect(body.value?.map((approval) => approval['id'])).toEqual([other]);
      expect((await decide('alice', waiting)).status).toBe(400);
      expect((await decide('alice', other)).status).toBe(204);
    });

    it('is revoked when the eligibility expires', async () => {
      const scheduleInfo = { expiration: { type: 'afterDuration', duration: 'PT2H' } };
      await administer(eligibilityRequests, 'adminAssign', id.heidi, role.securityAdministrator, { scheduleInfo });
      const waiting = await pending('heidi');
      await server.at('2026-03-02T09:59:59.999Z');
      expect(await request(waiting)).toMatchObject({ status: 'PendingApproval' });
      await server.at('2026-03-02T10:00:00.000Z');
      expect(await request(waiting)).toMatchObject({ status: 'Revoked' });
      expect((await decide('alice', waiting)).status).toBe(400);
    });

    it("is revoked with the eligibility of its principal's group, but not while another one is left", async () => {
      const ticketInfo = { ticketNumber: '1', ticketSystem: 'x' };
      await approvedBy([id.alice], role.helpdeskAdministrator);
      await administer(eligibilityRequests, 'adminAssign', id.heidi, role.helpdeskAdministrator);
      const [erin, grace, heidi] = [
        await pending('erin', role.helpdeskAdministrator, { ticketInfo }),
        await pending('grace', role.helpdeskAdministrator, { ticketInfo }),
        await pending('heidi', role.helpdeskAdministrator, { ticketInfo }),
      ];
      await server.later(6);
      await administer(eligibilityRequests, 'adminRemove', id.helpdesk, role.helpdeskAdministrator);
      await server.running.runtime.settled();
      const statuses = await Promise.all([erin, grace, heidi].map(async (one) => (await request(one))['status']));
      expect(statuses).toEqual(['PendingApproval', 'Revoked', 'PendingApproval']);
    });

    it("stays when its principal's own eligibility ends and the one of a group is left", async () => {
      await approvedBy([id.alice], role.helpdeskAdministrator);
      await administer(eligibilityRequests, 'adminAssign', id.heidi, role.helpdeskAdministrator);
      const ticketInfo = { ticketNumber: '1', ticketSystem: 'x' };
      const waiting = await pending('heidi', role.helpdeskAdministrator, { ticketInfo });
      await server.later(6);
      const removal = await administer(eligibilityRequests, 'adminRemove', id.heidi, role.helpdeskAdministrator);
      expect(removal.body['status']).toBe('Revoked');
      await server.running.runtime.settled();
      expect(await request(waiting)).toMatchObject({ status: 'PendingApproval' });
    });

    it('an activation that needed nobody leaves no approval behind when it never starts', async () => {
      const scheduleInfo = {
        startDateTime: '2026-03-02T20:00:00Z',
        expiration: { type: 'afterDuration', duration: 'PT1H' },
      };
      const { body } = await activate('erin', role.userAdministrator, { scheduleInfo });
      await server.later(6);
      await administer(eligibilityRequests, 'adminRemove', id.erin, role.userAdministrator);
      await server.running.runtime.settled();
      const log = await readLog(server.ports.eventStore);
      expect(typesOf(log, `request-${String(body['id'])}`)).toEqual([
        'RequestSubmitted',
        'RequestGranted',
        'RequestRevoked',
      ]);
      expect(typesOf(log, `approval-${String(body['id'])}`)).toEqual([]);
    });

    it('is seen by whoever may approve it, and by nobody else', async () => {
      const byGroup = await pending('erin');
      await approvedBy([id.grace], role.userAdministrator);
      const byName = await pending('erin', role.userAdministrator);
      const seen = async (who: string, requestId: string) =>
        (await server.call(who, 'GET', `${assignmentRequests}/${requestId}`)).status;
      expect(await Promise.all([seen('alice', byGroup), seen('bob', byGroup), seen('grace', byGroup)])).toEqual([
        200, 200, 403,
      ]);
      expect(await Promise.all([seen('grace', byName), seen('alice', byName)])).toEqual([200, 403]);
      await approvedBy([], role.userAdministrator);
      const byDefault = await pending('frank', role.userAdministrator);
      expect(await Promise.all([seen('ada', byDefault), seen('paul', byDefault), seen('erin', byDefault)])).toEqual([
        200, 200, 403,
      ]);
    });
  });

  describe('$expand of a request', () => {
    it('leads from an activation to its schedule and to the eligibility it was made from, while they last', async () => {
      const { body } = await activate('erin', role.userAdministrator);
      const query = '?$expand=targetSchedule,activatedUsing($select=id,principalId)';
      const requestId = String(body['id']);
      expect(await request(requestId, query)).toMatchObject({
        targetSchedule: {
          id: requestId,
          principalId: id.erin,
          roleDefinitionId: role.userAdministrator,
          directoryScopeId: '/',
          appScopeId: null,
          createdUsing: requestId,
          status: 'Provisioned',
          assignmentType: 'Activated',
          memberType: 'Direct',
          scheduleInfo: { startDateTime: '2026-03-02T08:00:00Z' },
        },
        activatedUsing: { id: 'd0000000-0000-4000-8000-000000000004', principalId: id.erin },
      });
      await server.at('2026-03-02T09:00:00.000Z');
      expect(await request(requestId, query)).toMatchObject({ targetSchedule: null, activatedUsing: null });
    });

    it('does not lead to a schedule that is over, though nobody has recorded it', async () => {
      const waiting = await pending('erin');
      const endingAt = (endDateTime: string, position: bigint) =>
        server.ports.documents.put('assignments.assignments', waiting, {
          document: { id: waiting, endDateTime },
          seen: {},
          position,
        });
      await endingAt('2026-03-02T08:00:00.001Z', 1n);
      expect(await request(waiting, '?$expand=targetSchedule')).toMatchObject({ targetSchedule: { id: waiting } });
      await endingAt('2026-03-02T08:00:00.000Z', 2n);
      expect(await request(waiting, '?$expand=targetSchedule')).toMatchObject({ targetSchedule: null });
    });

    it('answers null where there is no schedule, in lists too', async () => {
      const waiting = await pending('erin');
      const { body } = await server.call(
        'sam',
        'GET',
        `${assignmentRequests}?$expand=*&$filter=targetSchedule/id eq '${waiting}'`,
      );
      expect(body.value).toMatchObject([{ id: waiting, targetSchedule: null, activatedUsing: null }]);
    });

    it('leads from an eligibility request to the eligibility', async () => {
      const path = `${eligibilityRequests}/d0000000-0000-4000-8000-000000000004`;
      const { body } = await server.call('sam', 'GET', `${path}?$expand=targetSchedule`);
      expect(body['targetSchedule']).toMatchObject({ id: body['id'], memberType: 'Direct', status: 'Provisioned' });
      expect(body['targetSchedule']).not.toHaveProperty('assignmentType');
      expect((await server.call('sam', 'GET', `${path}?$expand=activatedUsing`)).status).toBe(400);
    });
  });

  describe('role settings', () => {
    it('are found by policy or by scope, and never without a filter', async () => {
      const assignments = 'policies/roleManagementPolicyAssignments';
      const list = (path: string, query: string) => server.call('sam', 'GET', `${path}?${query}`);
      const byPolicy = await list(assignments, `$filter=policyId eq '${policyOf(role.userAdministrator)}'`);
      expect(byPolicy.body.value).toMatchObject([{ roleDefinitionId: role.userAdministrator }]);
      const scope = "scopeId eq '/' and scopeType eq 'DirectoryRole'";
      expect((await list(assignments, `$Filter=${scope}&$top=1`)).body.value).toHaveLength(1);
      expect((await list(policies, `$FILTER=${scope}&$top=1`)).body.value).toHaveLength(1);
      for (const [path, filter] of [
        [assignments, "scopeId eq '/'"],
        [assignments, "roleDefinitionId eq 'scopeId scopeType'"],
        [policies, "id eq 'scopeId scopeType'"],
      ] as const)
        expect((await list(path, `$filter=${filter}`)).status).toBe(400);
    });
  });

  describe('ids', () => {
    it('mean the same in upper case, in bodies and in paths', async () => {
      expect((await approvedBy([id.alice.toUpperCase()], role.userAdministrator)).status).toBe(204);
      const { body: created } = await server.call(
        'erin',
        'POST',
        assignmentRequests,
        activation(id.erin.toUpperCase(), role.userAdministrator.toUpperCase()),
      );
      expect(created).toMatchObject({ principalId: id.erin, roleDefinitionId: role.userAdministrator });
      const upper = String(created['id']).toUpperCase();
      expect(await request(upper)).toMatchObject({ id: created['id'], status: 'PendingApproval' });
      expect((await decide('alice', upper)).status).toBe(204);
      await server.later(6);
      const more = { action: 'selfDeactivate', targetScheduleId: upper };
      const back = await activate('erin', role.userAdministrator, more);
      expect([back.status, back.body['targetScheduleId']]).toEqual([201, created['id']]);
      const waiting = await pending('frank');
      expect((await server.call('frank', 'POST', `${assignmentRequests}/${waiting.toUpperCase()}/cancel`)).status).toBe(
        204,
      );
    });
  });

  describe('a body built from a whole object', () => {
    it('may hold what is read-only, which is ignored, and nothing unknown', async () => {
      const { body: read } = await activate('erin', role.securityAdministrator, { isValidationOnly: true });
      const whole = {
        ...read,
        '@odata.type': '#microsoft.graph.unifiedRoleAssignmentScheduleRequest',
        'principal@odata.bind': 'x',
        id: 'd0000000-0000-4000-8000-000000000001',
        status: 'Provisioned',
        principal: { id: id.frank },
        roleDefinition: null,
        directoryScope: null,
        appScope: null,
        targetSchedule: null,
        activatedUsing: null,
        isValidationOnly: false,
      };
      const answer = await server.call('erin', 'POST', assignmentRequests, whole);
      expect(answer.body).toMatchObject({ status: 'PendingApproval', principalId: id.erin });
      expect(answer.body['id']).not.toBe(whole.id);
      const unknown = await server.call('erin', 'POST', assignmentRequests, { ...whole, color: 'red' });
      expect([unknown.status, unknown.body.error?.message]).toEqual([400, 'property color should not exist.']);
    });
  });

  describe('the queue of an approver', () => {
    it('is filtered, sorted, counted and paged as every list', async () => {
      const ids = [await pending('erin'), await pending('frank')].sort();
      const queue = (query = '') =>
        server.call('alice', 'GET', `${approvals}/filterByCurrentUser(on='approver')${query}`);
      const idsOf = ({ body }: Answer) => body.value?.map((approval) => approval['id']);
      expect(idsOf(await queue('?$orderby=id desc'))).toEqual([...ids].reverse());
      expect(idsOf(await queue(`?$filter=id eq '${String(ids[1]).toUpperCase()}'`))).toEqual([ids[1]]);
      const first = await queue('?$top=1&$orderby=id&$count=true');
      expect([idsOf(first), first.body['@odata.count']]).toEqual([[ids[0]], 2]);
      const next = new URL(String(first.body['@odata.nextLink']));
      const second = await server.call('alice', 'GET', `${next.pathname}${next.search}`);
      expect([idsOf(second), second.body['@odata.nextLink']]).toEqual([[ids[1]], undefined]);
      expect((await queue('?$filter=color eq 1')).status).toBe(400);
    });

    it('has the steps without being asked, and in beta the request when asked', async () => {
      const waiting = await pending('erin');
      const list = (version: string, query: string) =>
        server.call(
          'alice',
          'GET',
          `/${version}/roleManagement/directory/roleAssignmentApprovals/filterByCurrentUser(on='approver')${query}`,
        );
      const steps = [{ id: waiting, assignedToMe: true, status: 'InProgress' }];
      expect((await list('beta', '')).body.value).toMatchObject([{ id: waiting, steps }]);
      const [approval] = (await list('beta', '?$Expand=request($select=id,status)')).body.value ?? [];
      expect(approval).toMatchObject({ steps, request: { id: waiting, status: 'PendingApproval' } });
      expect(Object.keys(approval?.['request'] as object)).toEqual(['id', 'status']);
      const [whole] = (await list('beta', '?$expand=request')).body.value ?? [];
      expect(whole?.['request']).toMatchObject({
        principalId: id.erin,
        justification: 'Reset a locked account',
        scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT1H' } },
        ticketInfo: { ticketNumber: null, ticketSystem: null },
      });
      expect((await list('v1.0', '?$expand=request')).status).toBe(400);
    });
  });
});
