import 'reflect-metadata';
import { readLog } from './support/log';
import { assignmentRequests, id, role, TestServer } from './support/server';

const root = 'identityGovernance/privilegedAccess/group';
const { helpdesk } = id;
const approvers = 'b0000000-0000-4000-8000-000000000001';

interface Rest {
  readonly kind?: 'assignment' | 'eligibility';
  readonly groupId?: string;
  readonly accessId?: string;
  readonly [more: string]: unknown;
}

/** PIM for Groups over HTTP (reference §1.9): eligible and active membership and ownership, and what they give. */
describe('PIM for Groups', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start('2026-03-02T08:00:00.000Z');
  });
  afterAll(() => server.stop());

  const hours = (count: number) => ({
    scheduleInfo: { expiration: { type: 'afterDuration', duration: `PT${count}H` } },
  });
  const ask = (who: string, action: string, principalId: string, rest: Rest = {}) => {
    const { kind = 'assignment', groupId = helpdesk, accessId = 'member', ...more } = rest;
    const body = { accessId, groupId, principalId, action, justification: 'On call this week', ...more };
    return server.call(who, 'POST', `${root}/${kind}ScheduleRequests`, body);
  };
  const list = async (who: string, set: string, filter: string, more = '') =>
    (await server.call(who, 'GET', `${root}/${set}?$filter=${filter}${more}`)).body.value ?? [];
  const activeRoles = async (who: 'erin' | 'frank') =>
    (
      await server.call(
        who,
        'GET',
        "roleManagement/directory/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')",
      )
    ).body.value?.map((one) => [one['roleDefinitionId'], one['memberType']]) ?? [];

  it('makes somebody eligible, in the ids, enums and context of the group surface', async () => {
    const { status, body } = await ask('paul', 'adminAssign', id.erin, {
      kind: 'eligibility',
      scheduleInfo: { expiration: { type: 'noExpiration' } },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      '@odata.context': expect.stringMatching(
        /\$metadata#identityGovernance\/privilegedAccess\/group\/eligibilityScheduleRequests\/\$entity$/,
      ),
      accessId: 'member',
      groupId: helpdesk,
      principalId: id.erin,
      action: 'adminAssign',
      status: 'Provisioned',
      targetScheduleId: `${helpdesk}_member_${String(body['id'])}`,
    });
    expect(body).not.toHaveProperty('roleDefinitionId');
    const [schedule, ...others] = await list(
      'paul',
      'eligibilitySchedules',
      `groupId eq '${helpdesk}'`,
      '&$expand=group,principal',
    );
    expect(others).toEqual([]);
    expect(schedule).toMatchObject({
      id: body['targetScheduleId'],
      createdUsing: body['id'],
      memberType: 'direct',
      group: { id: helpdesk, displayName: 'Helpdesk' },
      principal: { '@odata.type': '#microsoft.graph.user', id: id.erin },
    });
    const [instance] = await list('erin', 'eligibilityScheduleInstances', `principalId eq '${id.erin}'`);
    expect(instance).toMatchObject({ eligibilityScheduleId: body['targetScheduleId'], endDateTime: null });
    expect(instance?.['id']).not.toBe(schedule?.['id']);
  });

  it('shows none of it among directory roles', async () => {
    for (const set of [
      'roleEligibilitySchedules',
      'roleEligibilityScheduleRequests',
      'roleEligibilityScheduleInstances',
    ]) {
      const { body } = await server.call(
        'paul',
        'GET',
        `roleManagement/directory/${set}?$filter=principalId eq '${id.erin}'`,
      );
      expect(body.value?.map((one) => one['roleDefinitionId'])).not.toContain('member');
    }
  });

  it('shows the directory’s own members as assigned, without dates or a request', async () => {
    const rows = await list('paul', 'assignmentScheduleInstances', `groupId eq '${helpdesk}'`);
    expect(rows.map((one) => one['principalId'])).toEqual([id.grace, id.heidi]);
    expect(rows[0]).toMatchObject({
      assignmentType: 'assigned',
      memberType: 'direct',
      startDateTime: null,
      endDateTime: null,
    });
    expect(rows[0]?.['id']).toBe(rows[0]?.['assignmentScheduleId']);
    const one = await server.call('paul', 'GET', `${root}/assignmentSchedules/${String(rows[0]?.['id'])}`);
    expect(one.body).toMatchObject({
      createdUsing: null,
      status: 'Provisioned',
      scheduleInfo: { startDateTime: null },
    });
  });

  it('gives the membership, and with it what the group may do, for as long as it is active', async () => {
    expect(await activeRoles('erin')).not.toContainEqual([role.helpdeskAdministrator, 'Group']);
    const blank = await ask('erin', 'selfActivate', id.erin, { ...hours(2), justification: '' });
    expect(blank.body.error?.message).toContain('JustificationRule');
    const { status, body } = await ask('erin', 'selfActivate', id.erin, hours(2));
    expect([status, body['status']]).toEqual([201, 'Provisioned']);
    expect(await activeRoles('erin')).toContainEqual([role.helpdeskAdministrator, 'Group']);
    const again = await ask('erin', 'selfActivate', id.erin, hours(2));
    expect([again.status, again.body.error?.code]).toEqual([400, 'RoleAssignmentExists']);
    const [active] = await list(
      'erin',
      'assignmentScheduleInstances',
      `principalId eq '${id.erin}'`,
      '&$expand=activatedUsing',
    );
    expect(active).toMatchObject({
      assignmentType: 'activated',
      endDateTime: '2026-03-02T10:00:00Z',
      activatedUsing: { principalId: id.erin, memberType: 'direct' },
    });
  });

  it('ends with the membership what was activated through it', async () => {
    // Erin has an eligibility of her own; frank gets the role only through the group.
    await ask('paul', 'adminAssign', id.frank, { kind: 'eligibility', ...hours(24) });
    await server.later(6);
    await server.call('paul', 'POST', 'roleManagement/directory/roleEligibilityScheduleRequests', {
      action: 'adminRemove',
      principalId: id.frank,
      roleDefinitionId: role.helpdeskAdministrator,
      directoryScopeId: '/',
      justification: 'Through the group from now on',
    });
    await ask('frank', 'selfActivate', id.frank, hours(1));
    const ticketInfo = { ticketNumber: 'INC-1', ticketSystem: 'desk' };
    const { body } = await server.call('frank', 'POST', assignmentRequests, {
      action: 'selfActivate',
      principalId: id.frank,
      roleDefinitionId: role.helpdeskAdministrator,
      directoryScopeId: '/',
      justification: 'Reset a locked account',
      ticketInfo,
      ...hours(8),
    });
    expect(body['status']).toBe('Provisioned');
    const roles = async () => {
      const path = `roleManagement/directory/roleAssignmentScheduleInstances?$filter=principalId eq '${id.frank}'`;
      return (await server.call('paul', 'GET', path)).body.value ?? [];
    };
    // No longer than the membership it comes by.
    expect(await roles()).toMatchObject([{ memberType: 'Group', endDateTime: '2026-03-02T09:06:00Z' }]);
    await server.later(6);
    expect((await ask('frank', 'selfDeactivate', id.frank)).body['status']).toBe('Revoked');
    await server.running.runtime.settled();
    expect(await roles()).toEqual([]);
    const log = await readLog(server.ports.eventStore);
    expect(
      log.filter(({ type }) => type === 'AssignmentRemoved').map(({ data }) => (data as { reason: string }).reason),
    ).toContain('membership-ended');
  });

  it('is decided by owners of the group, and of a role-assignable one by nobody else but administrators of roles', async () => {
    const eligible = { kind: 'eligibility', ...hours(24) } as const;
    expect((await ask('frank', 'adminAssign', id.alice, eligible)).status).toBe(403);
    expect((await list('frank', 'eligibilitySchedules', `groupId eq '${helpdesk}'`)).length).toBe(0);
    expect((await ask('paul', 'adminAssign', id.sam, { accessId: 'owner', ...hours(24) })).body['status']).toBe(
      'Provisioned',
    );
    expect((await ask('sam', 'adminAssign', id.alice, eligible)).body['status']).toBe('Provisioned');
    // A User Administrator decides about ordinary groups only.
    await server.call('erin', 'POST', assignmentRequests, {
      action: 'selfActivate',
      principalId: id.erin,
      roleDefinitionId: role.userAdministrator,
      directoryScopeId: '/',
      justification: 'Groups today',
      ...hours(1),
    });
    expect((await ask('erin', 'adminAssign', id.bob, eligible)).status).toBe(403);
    const made = await server.call('erin', 'POST', 'groups', {
      displayName: 'Readers',
      mailEnabled: false,
      mailNickname: 'readers',
      securityEnabled: true,
    });
    const ordinary = String(made.body['id']);
    expect((await ask('erin', 'adminAssign', id.sam, { ...eligible, groupId: ordinary })).status).toBe(201);
  });

  it('is decided by administrators of roles alone where settings of a role name the group as approver', async () => {
    const eligible = { kind: 'eligibility', ...hours(24), groupId: approvers } as const;
    expect((await ask('erin', 'adminAssign', id.sam, eligible)).status).toBe(403);
    const scimAdd = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'add', path: 'members', value: [{ value: id.sam }] }],
    };
    const sam = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id.sam}` };
    for (const [method, path, body] of [
      ['POST', `groups/${approvers}/members/$ref`, sam],
      ['POST', `groups/${approvers}/owners/$ref`, sam],
      ['DELETE', `groups/${approvers}/members/${id.bob}/$ref`, undefined],
      ['DELETE', `groups/${approvers}`, undefined],
      ['PATCH', `/scim/v2/Groups/${approvers}`, scimAdd],
    ] as const)
      expect([path, (await server.call('erin', method, path, body)).status]).toEqual([path, 403]);
    expect((await ask('paul', 'adminAssign', id.sam, eligible)).status).toBe(201);
  });

  const policyOf = async (accessId: string, groupId: string = approvers) => {
    const filter = `scopeType eq 'Group' and scopeId eq '${groupId}' and roleDefinitionId eq '${accessId}'`;
    const path = `policies/roleManagementPolicyAssignments?$filter=${filter}&$expand=policy($expand=rules)`;
    return (await server.call('paul', 'GET', path)).body.value ?? [];
  };

  it('has settings of its own for members and for owners', async () => {
    const [row, ...others] = await policyOf('member');
    expect(others).toEqual([]);
    expect(row).toMatchObject({ scopeId: approvers, scopeType: 'Group', roleDefinitionId: 'member' });
    expect(row?.['id']).toBe(`${String(row?.['policyId'])}_member`);
    const { rules } = row?.['policy'] as { rules: { id: string }[] };
    expect(rules.find((one) => one.id === 'Expiration_Admin_Assignment')).toMatchObject({ isExpirationRequired: true });
    expect((await policyOf('owner'))[0]?.['policyId']).not.toBe(row?.['policyId']);
  });

  it('never says that a group is empty because nobody looked', async () => {
    const path = `${root}/assignmentSchedules?$filter=groupId eq '${helpdesk}'`;
    for (const links of ['members', 'owners']) {
      const answer = await server.call('paul', 'GET', `${path}&$expand=group($expand=${links})`);
      expect([answer.status, answer.body.error?.code]).toEqual([400, 'BadRequest']);
    }
  });

  it('shows its settings to whoever may read those of groups, and only those', async () => {
    const token = await server.token('erin', { scopes: ['RoleManagementPolicy.Read.AzureADGroup'] });
    const policies = 'policies/roleManagementPolicies';
    const read = (path: string) => server.call(token, 'GET', path);
    const of = async (scope: string) => (await read(`${policies}?$filter=${scope}`)).body.value;
    expect(await of(`scopeType eq 'Group' and scopeId eq '${approvers}'`)).toHaveLength(2);
    expect(await of("scopeType eq 'DirectoryRole' and scopeId eq '/'")).toEqual([]);
    const filter = `scopeType eq 'DirectoryRole' and scopeId eq '/' and roleDefinitionId eq '${role.securityReader}'`;
    const list = await server.call('erin', 'GET', `policies/roleManagementPolicyAssignments?$filter=${filter}`);
    const [one] = list.body.value ?? [];
    const [id, policyId] = [String(one?.['id']), String(one?.['policyId'])];
    for (const path of [
      `${policies}/${policyId}`,
      `${policies}/${policyId}/rules`,
      `policies/roleManagementPolicyAssignments/${id}`,
    ]) {
      expect((await read(path)).body.error?.code).toBe('PermissionScopeNotGranted');
      expect((await server.call('erin', 'GET', path)).status).toBe(200);
    }
  });

  it('waits for the approvers its settings name, and shows them stages', async () => {
    const [row] = await policyOf('member');
    const path = `policies/roleManagementPolicies/${String(row?.['policyId'])}/rules/Approval_EndUser_Assignment`;
    const rule = (primaryApprovers: object[]) => ({
      '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyApprovalRule',
      id: 'Approval_EndUser_Assignment',
      setting: { isApprovalRequired: true, approvalStages: [{ primaryApprovers }] },
    });
    const nobody = await server.call('paul', 'PATCH', path, rule([]));
    expect([nobody.status, nobody.body.error?.code]).toEqual([400, 'InvalidPolicy']);
    const bob = { '@odata.type': '#microsoft.graph.singleUser', userId: id.bob };
    expect((await server.call('sam', 'PATCH', path, rule([bob]))).status).toBe(403);
    expect((await server.call('paul', 'PATCH', path, rule([bob]))).status).toBe(204);
    const { body } = await ask('sam', 'selfActivate', id.sam, { groupId: approvers, ...hours(1) });
    expect(body['status']).toBe('PendingApproval');
    const approval = String(body['approvalId']);
    const queue = await server.call('bob', 'GET', `${root}/assignmentApprovals/filterByCurrentUser(on='approver')`);
    expect(queue.body.value).toMatchObject([
      { id: approval, stages: [{ id: approval, assignedToMe: true, status: 'InProgress' }] },
    ]);
    expect(
      (await server.call('bob', 'GET', `/beta/${root}/assignmentApprovals/${approval}?$expand=pendingSteps`)).body,
    ).toMatchObject({
      steps: [{ id: approval }],
      pendingSteps: [{ id: approval }],
    });
    // The same approval is in no other set.
    const other = await server.call('bob', 'GET', `/beta/roleManagement/directory/roleAssignmentApprovals/${approval}`);
    expect(other.status).toBe(404);
    const answer = { reviewResult: 'Approve', justification: 'Fine' };
    const stage = `${root}/assignmentApprovals/${approval}/stages/${approval}`;
    expect((await server.call('paul', 'PATCH', stage, answer)).status).toBe(403);
    // A group has no scopes within it.
    const narrower = { ...answer, directoryScopeId: helpdesk };
    expect((await server.call('bob', 'PATCH', stage, narrower)).status).toBe(400);
    expect((await server.call('bob', 'PATCH', stage, answer)).status).toBe(204);
    const mine = await server.call('sam', 'GET', `${root}/assignmentScheduleRequests/${approval}`);
    expect(mine.body['status']).toBe('Provisioned');
  });

  it('lists only what a filter narrows to one group or principal', async () => {
    for (const set of ['assignmentScheduleRequests', 'eligibilitySchedules', 'assignmentScheduleInstances'])
      for (const query of [
        '',
        `?$filter=accessId eq 'member'`,
        `?$filter=groupId eq '${helpdesk}' or accessId eq 'member'`,
      ])
        expect((await server.call('paul', 'GET', `${root}/${set}${query}`)).body.error?.code).toBe('MissingProvider');
  });

  it.each<[string, Rest & { principalId?: string }, number, string]>([
    ['an unknown group', { groupId: id.erin }, 404, 'ResourceNotFound'],
    ['an unknown principal', { principalId: 'a0000000-0000-4000-8000-0000000000ff' }, 400, 'SubjectNotFound'],
    ['a group in itself', { principalId: helpdesk }, 400, 'SubjectNotFound'],
    [
      'an active group in a role-assignable one',
      { principalId: approvers, ...{ scheduleInfo: { expiration: { type: 'afterDuration', duration: 'P1D' } } } },
      400,
      'InvalidRoleAssignmentRequest',
    ],
    [
      'an eligible application',
      { principalId: id.automation, kind: 'eligibility' },
      400,
      'InvalidRoleAssignmentRequest',
    ],
    ['a member that the directory has already', { principalId: id.grace }, 400, 'RoleAssignmentExists'],
    [
      'a permanent active membership, by default',
      { scheduleInfo: { expiration: { type: 'noExpiration' } } },
      400,
      'RoleAssignmentRequestPolicyValidationFailed',
    ],
    ['neither member nor owner', { accessId: 'guest' }, 400, 'BadRequest'],
  ])('refuses %s', async (_what, { principalId = id.bob, ...rest }, status, code) => {
    const { status: answered, body } = await ask('paul', 'adminAssign', principalId, { ...hours(24), ...rest });
    expect([answered, body.error?.code]).toEqual([status, code]);
  });

  const makeGroup = async (displayName: string, memberId: string, isAssignableToRole: boolean): Promise<string> => {
    const { status, body } = await server.call('ada', 'POST', 'groups', {
      displayName,
      isAssignableToRole,
      mailEnabled: false,
      mailNickname: displayName.toLowerCase(),
      securityEnabled: true,
      'members@odata.bind': [`${server.url}/v1.0/users/${memberId}`],
    });
    expect(status).toBe(201);
    return String(body['id']);
  };

  it('nests a group as eligible member, whose members activate for themselves', async () => {
    const night = await makeGroup('Night', id.alice, true);
    expect((await ask('paul', 'adminAssign', night, { kind: 'eligibility', ...hours(24) })).status).toBe(201);
    const { body } = await ask('alice', 'selfActivate', id.alice, hours(1));
    expect(body['status']).toBe('Provisioned');
  });

  it('lets no group into one that may hold roles whose members others choose, as neither member nor owner', async () => {
    const day = await makeGroup('Day', id.frank, false);
    const openToIt = await makeGroup('Open', id.bob, false);
    for (const accessId of ['member', 'owner']) {
      const nest = (groupId: string) =>
        ask('paul', 'adminAssign', day, { kind: 'eligibility', groupId, accessId, ...hours(24) });
      const refused = await nest(helpdesk);
      expect([refused.status, refused.body.error?.code]).toEqual([400, 'InvalidRoleAssignmentRequest']);
      expect(refused.body.error?.message).toContain('takes only role-assignable groups');
      expect((await nest(openToIt)).status).toBe(201);
    }
  });

  it('extends and withdraws as roles do', async () => {
    const later = {
      scheduleInfo: { startDateTime: '2026-03-05T08:00:00Z', expiration: { type: 'afterDuration', duration: 'P2D' } },
    };
    const { body } = await ask('paul', 'adminAssign', id.bob, { ...later, kind: 'eligibility' });
    expect(body['status']).toBe('Granted');
    const moved = await ask('paul', 'adminUpdate', id.bob, {
      kind: 'eligibility',
      targetScheduleId: body['targetScheduleId'],
      ...hours(30),
    });
    expect(moved.body).toMatchObject({
      status: 'Provisioned',
      targetScheduleId: `${helpdesk}_member_${String(moved.body['id'])}`,
    });
    const asked = await ask('bob', 'selfExtend', id.bob, { kind: 'eligibility', ...hours(90) });
    expect(asked.body['status']).toBe('PendingAdminDecision');
    const decision = `/openpim/v1/scheduleRequests/${String(asked.body['id'])}/decision`;
    const yes = { decision: 'Approve', justification: 'Still on call' };
    expect((await server.call('erin', 'POST', decision, yes)).status).toBe(403);
    const decide = async (scope: string) =>
      server.call(await server.token('sam', { scopes: [scope] }), 'POST', decision, yes);
    for (const other of ['RoleManagement.ReadWrite.Directory', 'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup'])
      expect((await decide(other)).status).toBe(403);
    expect((await decide('PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup')).body).toMatchObject({
      status: 'Provisioned',
      accessId: 'member',
    });
    const future = await ask('paul', 'adminAssign', id.paul, { ...later, kind: 'eligibility' });
    const cancel = (set: string) => server.call('paul', 'POST', `${set}/${String(future.body['id'])}/cancel`);
    expect((await cancel('roleManagement/directory/roleEligibilityScheduleRequests')).status).toBe(404);
    expect((await cancel(`${root}/eligibilityScheduleRequests`)).status).toBe(204);
  });

  it('is in the audit trail under the category of groups', async () => {
    const path = `auditLogs/directoryAudits?$filter=category eq 'GroupManagement' and loggedByService eq 'PIM'&$top=999`;
    const names = (await server.call('paul', 'GET', path)).body.value?.map((one) => one['activityDisplayName']);
    expect(names).toEqual(
      expect.arrayContaining(['Add member to role completed (PIM activation)', 'Update role setting in PIM']),
    );
  });
});
