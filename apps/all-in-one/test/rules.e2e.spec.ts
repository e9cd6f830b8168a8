import 'reflect-metadata';
import {
  activation,
  assignment,
  assignmentInstances,
  assignmentRequests,
  eligibilityInstances,
  eligibilityRequests,
  id,
  role,
  TestServer,
} from './support/server';

/** One journey per rule that only shows over HTTP and across contexts; the rules themselves are unit-tested. */
describe('rules over HTTP', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await TestServer.start();
  });
  afterEach(() => server.stop());

  const activate = (who: 'erin' | 'frank' | 'grace', roleId: string, more: object = {}) =>
    server.call(who, 'POST', assignmentRequests, activation(id[who], roleId, more));

  it('says which rules failed, all at once', async () => {
    const token = await server.token('erin', { mfa: false });
    const body = activation(id.erin, role.helpdeskAdministrator, {
      justification: ' ',
      scheduleInfo: { expiration: { type: 'AfterDuration', duration: 'PT9H' } },
    });
    const { status, body: answer } = await server.call(token, 'POST', assignmentRequests, body);
    expect([status, answer.error?.code]).toEqual([400, 'RoleAssignmentRequestPolicyValidationFailed']);
    const failed = JSON.parse(/\[.*\]/.exec(answer.error?.message ?? '')?.[0] ?? '[]') as string[];
    expect(failed.sort()).toEqual(['ExpirationRule', 'JustificationRule', 'MfaRule', 'TicketingRule']);
  });

  it('takes a ticket where the role asks for one', async () => {
    const ticketInfo = { ticketNumber: 'CHG-1', ticketSystem: 'ServiceNow' };
    expect((await activate('erin', role.helpdeskAdministrator, { ticketInfo })).status).toBe(201);
  });

  it('challenges for the authentication context, in the body and in the header, and accepts it', async () => {
    const refused = await activate('erin', role.exchangeAdministrator);
    expect([refused.status, refused.body.error?.code]).toEqual([400, 'RoleAssignmentRequestAcrsValidationFailed']);
    const claims = /&claims=(\S+)$/.exec(refused.body.error?.message ?? '')?.[1] ?? '';
    expect(JSON.parse(decodeURIComponent(claims))).toEqual({
      access_token: { acrs: { essential: true, value: 'c1' } },
    });
    expect(refused.headers.get('www-authenticate')).toContain('insufficient_claims');
    const token = await server.token('erin', { acrs: ['c1'] });
    const accepted = await server.call(
      token,
      'POST',
      assignmentRequests,
      activation(id.erin, role.exchangeAdministrator),
    );
    expect(accepted.status).toBe(201);
  });

  it('never gives one role twice, not even to two requests at once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => activate('erin', role.userAdministrator)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400, 400]);
    for (const { status, body } of answers) if (status === 400) expect(body.error?.code).toBe('RoleAssignmentExists');
  });

  it('refuses to end anything within five minutes, and ends it after', async () => {
    await activate('erin', role.userAdministrator);
    const deactivate = () =>
      server.call('erin', 'POST', assignmentRequests, assignment('selfDeactivate', id.erin, role.userAdministrator));
    expect((await deactivate()).body.error?.code).toBe('ActiveDurationTooShort');
    await server.later(5);
    const ended = await deactivate();
    expect([ended.status, ended.body['status']]).toEqual([201, 'Revoked']);
    const { body } = await server.call('erin', 'GET', `${assignmentInstances}/filterByCurrentUser(on='principal')`);
    expect(body.value).toEqual([]);
  });

  it('ends running activations with the eligibility they came from', async () => {
    await activate('erin', role.userAdministrator);
    await server.later(6);
    const removal = assignment('adminRemove', id.erin, role.userAdministrator);
    expect((await server.call('paul', 'POST', eligibilityRequests, removal)).body['status']).toBe('Revoked');
    const held = await server.call('sam', 'GET', `${assignmentInstances}?$filter=principalId eq '${id.erin}'`);
    expect(held.body.value).toEqual([]);
  });

  it('lets each member of an eligible group activate for themself', async () => {
    const mine = await server.call('grace', 'GET', `${eligibilityInstances}/filterByCurrentUser(on='principal')`);
    expect(mine.body.value).toMatchObject([{ memberType: 'Group', principalId: id.grace }]);
    const ticketInfo = { ticketNumber: '1', ticketSystem: 'x' };
    expect((await activate('grace', role.helpdeskAdministrator, { ticketInfo })).status).toBe(201);
    const { body } = await server.call(
      'sam',
      'GET',
      `${assignmentInstances}?$filter=roleDefinitionId eq '${role.helpdeskAdministrator}'`,
    );
    expect(body.value).toMatchObject([{ principalId: id.grace, assignmentType: 'Activated', memberType: 'Group' }]);
  });

  it('starts a scheduled activation at its start, not before', async () => {
    const scheduleInfo = {
      startDateTime: '2026-03-02T10:00:00Z',
      expiration: { type: 'afterDuration', duration: 'PT1H' },
    };
    const { body } = await activate('erin', role.userAdministrator, { scheduleInfo });
    expect(body['status']).toBe('Granted');
    const held = async () =>
      (await server.call('erin', 'GET', `${assignmentInstances}/filterByCurrentUser(on='principal')`)).body.value
        ?.length;
    await server.at('2026-03-02T09:59:59.999Z');
    expect(await held()).toBe(0);
    await server.at('2026-03-02T10:00:00.000Z');
    expect(await held()).toBe(1);
    const request = await server.call('erin', 'GET', `${assignmentRequests}/${String(body['id'])}`);
    expect(request.body['status']).toBe('Provisioned');
    await server.at('2026-03-02T11:00:00.000Z');
    expect(await held()).toBe(0);
  });

  it('cancels what has not started, and nothing else', async () => {
    const scheduleInfo = {
      startDateTime: '2026-03-02T10:00:00Z',
      expiration: { type: 'afterDuration', duration: 'PT1H' },
    };
    const { body } = await activate('erin', role.userAdministrator, { scheduleInfo });
    const cancel = () => server.call('erin', 'POST', `${assignmentRequests}/${String(body['id'])}/cancel`);
    expect((await server.call('frank', 'POST', `${assignmentRequests}/${String(body['id'])}/cancel`)).status).toBe(403);
    expect((await cancel()).status).toBe(204);
    await server.later(1);
    expect((await cancel()).status).toBe(400);
    await server.at('2026-03-02T10:30:00.000Z');
    const { body: held } = await server.call(
      'erin',
      'GET',
      `${assignmentInstances}/filterByCurrentUser(on='principal')`,
    );
    expect(held.value).toEqual([]);
  });

  it('judges a validation-only request like a real one and stores nothing', async () => {
    const { body } = await activate('erin', role.userAdministrator, { isValidationOnly: true });
    expect(body).toMatchObject({ isValidationOnly: true, principalId: id.erin });
    const { body: list } = await server.call('sam', 'GET', `${assignmentRequests}?$filter=principalId eq '${id.erin}'`);
    expect(list.value).toEqual([]);
    const last = assignment('adminRemove', id.ada, role.globalAdministrator, { isValidationOnly: true });
    expect((await server.call('paul', 'POST', assignmentRequests, last)).body.error?.code).toBe(
      'InvalidRoleAssignmentRequest',
    );
  });

  it('nobody approves their own request, and the second answer is a conflict', async () => {
    const own = await server.call(
      'paul',
      'PATCH',
      `policies/roleManagementPolicies/${policyOf(role.securityAdministrator)}/rules/Approval_EndUser_Assignment`,
      {
        '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyApprovalRule',
        setting: {
          isApprovalRequired: true,
          approvalMode: 'SingleStage',
          approvalStages: [
            {
              approvalStageTimeOutInDays: 1,
              isApproverJustificationRequired: true,
              primaryApprovers: [id.erin, id.alice, id.bob].map((userId) => ({
                '@odata.type': '#microsoft.graph.singleUser',
                userId,
              })),
            },
          ],
        },
      },
    );
    expect(own.status).toBe(204);
    const { body } = await activate('erin', role.securityAdministrator);
    const step = `/beta/roleManagement/directory/roleAssignmentApprovals/${String(body['id'])}/steps/${String(body['id'])}`;
    const answer = (who: string, reviewResult: string) =>
      server.call(who, 'PATCH', step, { reviewResult, justification: 'Looked at it' });
    expect((await answer('erin', 'Approve')).status).toBe(403);
    expect((await answer('frank', 'Approve')).status).toBe(403);
    expect((await answer('alice', 'Deny')).status).toBe(204);
    expect((await answer('bob', 'Approve')).status).toBe(409);
    const settled = await server.call('erin', 'GET', `${assignmentRequests}/${String(body['id'])}`);
    expect(settled.body['status']).toBe('Denied');
  });

  it('a request nobody answers lapses after its window', async () => {
    const { body } = await activate('erin', role.securityAdministrator);
    await server.at('2026-03-03T08:00:00.000Z');
    const lapsed = await server.call('erin', 'GET', `${assignmentRequests}/${String(body['id'])}`);
    expect(lapsed.body['status']).toBe('Canceled');
  });

  it('switching an account off ends what it holds, at once and for good', async () => {
    await activate('erin', role.userAdministrator);
    expect((await server.call('paul', 'PATCH', `users/${id.erin}`, { accountEnabled: false })).status).toBe(204);
    const { body } = await server.call('sam', 'GET', `${assignmentInstances}?$filter=principalId eq '${id.erin}'`);
    expect(body.value).toEqual([]);
    expect((await activate('erin', role.userAdministrator)).status).toBe(401);
    expect((await server.call('paul', 'PATCH', `users/${id.erin}`, { accountEnabled: true })).status).toBe(204);
    expect((await activate('erin', role.userAdministrator)).body.error?.code).toBe('RoleAssignmentDoesNotExist');
  });

  it('the last administrators can be neither removed nor switched off, by anybody', async () => {
    for (const [who, roleId] of [
      ['ada', role.globalAdministrator],
      ['paul', role.privilegedRoleAdministrator],
    ] as const) {
      const removal = await server.call('paul', 'POST', assignmentRequests, assignment('adminRemove', id[who], roleId));
      expect([removal.status, removal.body.error?.code]).toEqual([400, 'InvalidRoleAssignmentRequest']);
      const off = await server.call('ada', 'PATCH', `users/${id[who]}`, { accountEnabled: false });
      expect([off.status, off.body.error?.code]).toEqual([400, 'InvalidRoleAssignmentRequest']);
    }
    const { body } = await server.call('sam', 'GET', "auditLogs/directoryAudits?$filter=result eq 'failure'");
    expect(body.value?.length).toBe(4);
  });

  it('a role settings change applies to later requests, all of it or nothing', async () => {
    const policy = `policies/roleManagementPolicies/${policyOf(role.userAdministrator)}`;
    const expiration = (id: string, maximumDuration: string) => ({
      '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyExpirationRule',
      id,
      maximumDuration,
    });
    const half = [
      expiration('Expiration_EndUser_Assignment', 'PT30M'),
      expiration('Expiration_Admin_Assignment', 'PT-3H'),
    ];
    expect((await server.call('paul', 'PATCH', policy, { rules: half })).body.error?.code).toBe('InvalidPolicyRule');
    expect((await activate('erin', role.userAdministrator)).status).toBe(201);
    expect((await server.call('paul', 'PATCH', policy, { rules: half.slice(0, 1) })).status).toBe(200);
    const refused = await activate('frank', role.userAdministrator);
    expect(refused.body.error?.message).toContain('["ExpirationRule"]');
  });

  it('survives a restart with everything as it was, and records what became due meanwhile', async () => {
    await activate('erin', role.userAdministrator);
    const held = `${assignmentInstances}?$filter=principalId eq '${id.erin}'`;
    server = await server.restart('2026-03-02T08:30:00.000Z');
    expect((await server.call('sam', 'GET', held)).body.value).toHaveLength(1);
    server = await server.restart('2026-03-02T09:30:00.000Z');
    expect((await server.call('sam', 'GET', held)).body.value).toEqual([]);
    const expired =
      "auditLogs/directoryAudits?$filter=activityDisplayName eq 'Remove member from role (PIM activation expired)'";
    expect((await server.call('sam', 'GET', expired)).body.value).toMatchObject([
      { activityDateTime: '2026-03-02T09:00:00Z' },
    ]);
  });

  it('holds an assignment for months and ends it on the day', async () => {
    const scheduleInfo = { expiration: { type: 'afterDuration', duration: 'P90D' } };
    await server.call(
      'paul',
      'POST',
      assignmentRequests,
      assignment('adminAssign', id.frank, role.securityReader, { scheduleInfo }),
    );
    const held = async () =>
      (await server.call('sam', 'GET', `${assignmentInstances}?$filter=principalId eq '${id.frank}'`)).body.value
        ?.length;
    await server.at('2026-05-31T07:59:59.999Z');
    expect(await held()).toBe(1);
    await server.at('2026-05-31T08:00:00.000Z');
    expect(await held()).toBe(0);
  });
});

const policyOf = (roleId: string): string => `DirectoryRole_e0000000-0000-4000-8000-000000000001_${roleId}`;
