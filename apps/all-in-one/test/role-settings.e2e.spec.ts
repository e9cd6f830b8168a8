import 'reflect-metadata';
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

const tenant = 'e0000000-0000-4000-8000-000000000001';
const policyOf = (roleId: string): string => `DirectoryRole_${tenant}_${roleId}`;
const graph = '#microsoft.graph.unifiedRoleManagementPolicy';
const expiration = (maximumDuration: string): object => ({
  '@odata.type': `${graph}ExpirationRule`,
  id: 'Expiration_EndUser_Assignment',
  maximumDuration,
});
const ours = '/openpim/v1';
/** A group of the demo tenant. */
const approvers = 'b0000000-0000-4000-8000-000000000001';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

describe('the past of a role’s settings', () => {
  const policy = policyOf(role.securityReader);
  const change = (who: string, ...rules: object[]) =>
    server.call(who, 'PATCH', `policies/roleManagementPolicies/${policy}`, { rules });
  const past = (path = '', who = 'erin'): Promise<Answer> =>
    server.call(who, 'GET', `${ours}/policies/${policy}/versions${path}`);

  it('is a list of who changed what, newest first, by pages', async () => {
    expect((await past()).body).toEqual({ value: [] });
    await change('paul', expiration('PT4H'));
    await server.later(1);
    const mail = { '@odata.type': `${graph}NotificationRule`, notificationRecipients: ['soc@contoso.example'] };
    await change('ada', expiration('PT2H'), { ...mail, id: 'Notification_Admin_EndUser_Assignment' });
    await change('ada', expiration('PT120M'));
    const first = (await past('?$top=1')).body;
    expect(first.value).toEqual([
      {
        version: 2,
        at: '2026-03-02T08:01:00Z',
        by: { id: id.ada, displayName: 'Ada Lovelace' },
        changedRules: [
          {
            id: 'Expiration_EndUser_Assignment',
            before: expect.objectContaining({ ...expiration('PT4H'), isExpirationRequired: true }),
            after: expect.objectContaining(expiration('PT2H')),
          },
          expect.objectContaining({ id: 'Notification_Admin_EndUser_Assignment' }),
        ],
        changedSettings: [],
      },
    ]);
    const { pathname, search } = new URL(String(first['@odata.nextLink']));
    const second = (await server.call('erin', 'GET', pathname + search)).body;
    expect(second.value?.map(({ version, by }) => [version, by])).toEqual([
      [1, { id: id.paul, displayName: 'Paul Erdos' }],
    ]);
    expect(second['@odata.nextLink']).toBeUndefined();
  });

  it('is all settings of any version, the defaults included', async () => {
    const longest = async (version: number) => {
      const { rules } = (await past(`/${version}`)).body as { rules?: Record<string, unknown>[] };
      expect(rules).toHaveLength(17);
      return rules?.find((rule) => rule['id'] === 'Expiration_EndUser_Assignment')?.['maximumDuration'];
    };
    expect([await longest(0), await longest(1), await longest(2)]).toEqual(['PT8H', 'PT4H', 'PT2H']);
    expect((await past('/0')).body).toMatchObject({ version: 0, at: null, by: null, changedRules: [] });
    const now = await server.call('erin', 'GET', `policies/roleManagementPolicies/${policy}/rules`);
    expect((await past('/2')).body['rules']).toEqual(now.body.value);
    const emergencyAccess = { people: [id.erin] };
    await server.call('ada', 'PATCH', `policies/roleManagementPolicies/${policy}`, { emergencyAccess });
    expect((await past('/3')).body).toMatchObject({
      emergencyAccess,
      changedRules: [],
      changedSettings: [{ name: 'emergencyAccess', before: null, after: emergencyAccess }],
    });
    expect((await past('/2')).body).toMatchObject({ emergencyAccess: null, customExtension: null });
  });

  it.each(['/4', '/-1', '/01', '/x'])('has no version %s', async (path) => expect((await past(path)).status).toBe(404));

  it.each([policyOf('00000000-0000-4000-8000-00000000dead'), 'constructor', `Group_${id.helpdesk}_x`])(
    'is not there for %s',
    async (unknown) =>
      expect((await server.call('erin', 'GET', `${ours}/policies/${unknown}/versions`)).status).toBe(404),
  );

  it('is read by whoever may read the settings, and by nobody else', async () => {
    const withScope = async (...scopes: string[]) => (await past('', await server.token('erin', { scopes }))).status;
    expect(await withScope('RoleManagementPolicy.Read.Directory')).toBe(200);
    expect(await withScope('RoleManagementPolicy.Read.AzureADGroup')).toBe(403);
    expect(await withScope('User.Read')).toBe(403);
  });
});

/** Every rule with something else in it than the defaults have. */
const otherwise: readonly object[] = [
  ...['Admin_Eligibility', 'Admin_Assignment', 'EndUser_Assignment'].flatMap((target) => [
    { type: 'Expiration', id: `Expiration_${target}`, isExpirationRequired: true, maximumDuration: 'P14D' },
    { type: 'Enablement', id: `Enablement_${target}`, enabledRules: ['Ticketing'] },
    ...['Admin', 'Requestor', 'Approver'].map((recipientType) => ({
      type: 'Notification',
      id: `Notification_${recipientType}_${target}`,
      notificationLevel: 'Critical',
      isDefaultRecipientsEnabled: false,
      notificationRecipients: [`${recipientType.toLowerCase()}@contoso.example`],
    })),
  ]),
  { type: 'AuthenticationContext', id: 'AuthenticationContext_EndUser_Assignment', isEnabled: true, claimValue: 'c2' },
  {
    type: 'Approval',
    id: 'Approval_EndUser_Assignment',
    setting: {
      isApprovalRequired: true,
      isApprovalRequiredForExtension: true,
      isRequestorJustificationRequired: false,
      approvalStages: [
        {
          isApproverJustificationRequired: false,
          primaryApprovers: [{ '@odata.type': '#microsoft.graph.singleUser', userId: id.alice }],
        },
      ],
    },
  },
].map(({ type, ...content }) => ({ '@odata.type': `${graph}${type}Rule`, ...content }));

describe('each of the 17 rules', () => {
  const byId = (rules: readonly object[]) =>
    rules.toSorted((a, b) => String(Reflect.get(a, 'id')).localeCompare(String(Reflect.get(b, 'id'))));
  const rulesOf = async (policyId: string) =>
    (await server.call('ada', 'GET', `policies/roleManagementPolicies/${policyId}/rules`)).body.value ?? [];
  const policyOfGroup = async (accessId: string): Promise<string> => {
    const filter = `scopeType eq 'Group' and scopeId eq '${id.helpdesk}' and roleDefinitionId eq '${accessId}'`;
    const { body } = await server.call('ada', 'GET', `policies/roleManagementPolicyAssignments?$filter=${filter}`);
    return String(body.value?.[0]?.['policyId']);
  };

  it.each([
    ['a role', () => Promise.resolve(policyOf(role.globalAdministrator))],
    ['the members of a group', () => policyOfGroup('member')],
    ['the owners of a group', () => policyOfGroup('owner')],
  ])('is changed and read, of %s', async (_of, find) => {
    const policyId = await find();
    const before = await rulesOf(policyId);
    expect(before.map((rule) => rule['id']).sort()).toEqual(otherwise.map((rule) => Reflect.get(rule, 'id')).sort());
    const changed = await server.call('ada', 'PATCH', `policies/roleManagementPolicies/${policyId}`, {
      rules: otherwise,
    });
    expect([changed.status, changed.body['lastModifiedBy']]).toEqual([
      200,
      { displayName: 'Ada Lovelace', id: id.ada },
    ]);
    const after = await rulesOf(policyId);
    expect(byId(after)).toMatchObject(byId(otherwise));
    expect(after.map(({ target }) => target)).toEqual(before.map(({ target }) => target));
    const versions = await server.call('ada', 'GET', `${ours}/policies/${policyId}/versions`);
    expect(versions.body.value).toHaveLength(1);
    expect(versions.body.value?.[0]?.['changedRules']).toHaveLength(17);
  });
});

describe('a look at what an activation would need', () => {
  const preview = async (who: string, roleDefinitionId: string, more = ''): Promise<Answer['body']> => {
    const path = `${ours}/roleManagement/directory/roleAssignmentScheduleRequests/preview`;
    const { status, body } = await server.call(who, 'GET', `${path}?roleDefinitionId=${roleDefinitionId}${more}`);
    expect([status, body]).toEqual([200, body]);
    return body;
  };
  const codesIn = ({ problems }: Answer['body']) => (problems as { code: string }[]).map(({ code }) => code);

  it('tells everything, and nothing is in the way of whoever has it all', async () =>
    expect(await preview('erin', role.userAdministrator)).toEqual({
      isEligible: true,
      eligibilityEndDateTime: null,
      requires: {
        mfa: { isRequired: true, isSatisfied: true },
        authenticationContext: null,
        justification: true,
        ticket: false,
      },
      maximumDuration: 'PT8H',
      isCustomExtensionAsked: false,
      isEmergencyAllowed: false,
      approval: null,
      problems: [],
      policyVersion: 0,
    }));

  it('names approvers', async () =>
    expect(await preview('erin', role.securityAdministrator)).toMatchObject({
      approval: {
        stages: [
          {
            approvers: [{ type: 'group', id: approvers, displayName: 'Approvers' }],
            isApproverJustificationRequired: true,
            timeOutInDays: 1,
          },
        ],
      },
      problems: [],
      policyVersion: 1,
    }));

  it('names the roles that approve where nobody is named', async () => {
    const approval = { setting: { isApprovalRequired: true, approvalStages: [{ primaryApprovers: [] }] } };
    const rule = { '@odata.type': `${graph}ApprovalRule`, id: 'Approval_EndUser_Assignment', ...approval };
    const path = `policies/roleManagementPolicies/${policyOf(role.securityAdministrator)}/rules/${rule.id}`;
    expect((await server.call('paul', 'PATCH', path, rule)).status).toBe(204);
    const { approval: seen } = (await preview('erin', role.securityAdministrator)) as {
      approval?: { stages: { approvers: { type: string; displayName: string }[] }[] };
    };
    expect(seen?.stages[0]?.approvers.map(({ type, displayName }) => `${type} ${displayName}`).sort()).toEqual([
      'directoryRole Global Administrator',
      'directoryRole Privileged Role Administrator',
    ]);
  });

  it('tells all problems at once, in the words in which POST would refuse', async () => {
    const weak = await server.token('erin', { mfa: false });
    const seen = await preview(weak, role.exchangeAdministrator);
    expect(seen['requires']).toMatchObject({
      mfa: { isRequired: true, isSatisfied: false },
      authenticationContext: { claimValue: 'c1', isSatisfied: false },
    });
    expect(codesIn(seen)).toEqual([
      'RoleAssignmentRequestAcrsValidationFailed',
      'RoleAssignmentRequestPolicyValidationFailed',
    ]);
    const { body } = await server.call(
      weak,
      'POST',
      assignmentRequests,
      activation(id.erin, role.exchangeAdministrator),
    );
    expect(seen['problems']).toContainEqual({ code: body.error?.code, message: body.error?.message });
  });

  it('tells when somebody is not eligible, active already, or eligible for a while', async () => {
    const stranger = await preview('sam', role.userAdministrator);
    expect([stranger['isEligible'], codesIn(stranger)]).toEqual([false, ['RoleAssignmentDoesNotExist']]);
    await server.call('frank', 'POST', assignmentRequests, activation(id.frank, role.userAdministrator));
    expect(codesIn(await preview('frank', role.userAdministrator))).toEqual(['RoleAssignmentExists']);
    const endDateTime = '2026-04-01T00:00:00.000Z';
    const scheduleInfo = { expiration: { type: 'afterDateTime', endDateTime } };
    const eligible = assignment('adminAssign', id.sam, role.userAdministrator, { scheduleInfo });
    await server.call('paul', 'POST', eligibilityRequests, eligible);
    expect(await preview('sam', role.userAdministrator, '&directoryScopeId=/')).toMatchObject({
      isEligible: true,
      eligibilityEndDateTime: endDateTime,
      problems: [],
    });
  });

  it('tells the same of a group, and of an eligibility that comes by one', async () => {
    const group = `${ours}/identityGovernance/privilegedAccess/group/assignmentScheduleRequests/preview`;
    const { status, body } = await server.call('erin', 'GET', `${group}?groupId=${approvers}&accessId=owner`);
    expect([status, body['isEligible'], codesIn(body)]).toEqual([200, false, ['RoleAssignmentDoesNotExist']]);
    expect(await preview('grace', role.helpdeskAdministrator)).toMatchObject({
      isEligible: true,
      requires: { ticket: true },
      problems: [],
    });
  });

  it('records nothing', async () => {
    const head = await server.ports.eventStore.head();
    await preview('erin', role.helpdeskAdministrator);
    expect(await server.ports.eventStore.head()).toBe(head);
  });

  it.each([
    ['roleDefinitionId=x', 400, 'BadRequest'],
    ['', 400, 'BadRequest'],
    ['roleDefinitionId=00000000-0000-4000-8000-00000000dead', 400, 'RoleNotFound'],
    [`roleDefinitionId=${role.userAdministrator}&directoryScopeId=/nowhere`, 400, 'InvalidScope'],
    [`roleDefinitionId=${role.userAdministrator}&color=red`, 400, 'BadRequest'],
  ])('refuses ?%s', async (query, status, title) => {
    const path = `${ours}/roleManagement/directory/roleAssignmentScheduleRequests/preview?${query}`;
    const answer = await server.call('erin', 'GET', path);
    expect([answer.status, answer.body['title']]).toEqual([status, title]);
  });

  it('is for people alone: no application activates anything', async () => {
    const path = `${ours}/roleManagement/directory/roleAssignmentScheduleRequests/preview`;
    const answer = await server.call(
      await server.appToken(),
      'GET',
      `${path}?roleDefinitionId=${role.userAdministrator}`,
    );
    expect(answer.status).toBe(403);
  });
});
