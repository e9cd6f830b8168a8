import 'reflect-metadata';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { activation, id, role, TestServer } from '../support/server';

/** What the SDK made of an answer: its model, or its error. */
interface Made {
  readonly answer?: unknown;
  readonly refused?: unknown;
}

const directory = 'roleManagement/directory';
const requests = `${directory}/roleAssignmentScheduleRequests`;

/** Microsoft's generated SDK (Kiota) reads what we answer: types by `@odata.type`, enums in its case, errors by its parser. */
describe('@microsoft/msgraph-sdk', () => {
  let server: TestServer;
  let program: ChildProcessWithoutNullStreams;
  let lines: AsyncIterator<string>;
  beforeAll(async () => {
    server = await TestServer.start();
    program = spawn(process.execPath, [join(__dirname, 'kiota-client.mjs'), server.url]);
    program.stderr.pipe(process.stderr);
    lines = createInterface(program.stdout)[Symbol.asyncIterator]();
  });
  afterAll(async () => {
    program.kill();
    await server.stop();
  });

  const ask = async (who: string, what: object): Promise<Made> => {
    program.stdin.write(`${JSON.stringify({ token: await server.token(who), ...what })}\n`);
    const line = await lines.next();
    return JSON.parse(line.done ? '{}' : line.value) as Made;
  };
  const get = (path: string, model: string) => ask('ada', { what: 'get', path, model });
  const post = (roleId: string) =>
    ask('erin', {
      what: 'post',
      path: requests,
      model: 'UnifiedRoleAssignmentScheduleRequest',
      body: { ...activation(id.erin, roleId), scheduleInfo: null },
    });

  it('finds out who signed in', async () => {
    expect(await ask('erin', { what: 'me' })).toMatchObject({ answer: { id: id.erin, displayName: 'Erin Brandt' } });
  }, 30_000);

  it('lists users, and gets one', async () => {
    const filter = "startswith(displayName,'E')";
    expect(await ask('ada', { what: 'users', filter })).toMatchObject({ answer: { value: [{ id: id.erin }] } });
    expect(await ask('ada', { what: 'user', id: id.bob })).toMatchObject({ answer: { accountEnabled: true } });
  });

  it('reads an object of the directory as what it is', async () => {
    expect(await ask('ada', { what: 'directoryObject', id: id.helpdesk })).toMatchObject({
      answer: { odataType: '#microsoft.graph.group', displayName: 'Helpdesk', isAssignableToRole: true },
    });
  });

  it('activates a role, and reads the action and the times', async () => {
    expect(await post(role.userAdministrator)).toMatchObject({
      answer: {
        action: 'selfActivate',
        status: 'Provisioned',
        createdDateTime: '2026-03-02T08:00:00.000Z',
        scheduleInfo: { expiration: { type: 'notSpecified' } },
        createdBy: { user: { id: id.erin } },
      },
    });
  });

  it('reads a refusal by its own parser of errors', async () => {
    expect(await post(role.userAdministrator)).toEqual({
      refused: {
        status: 400,
        message: 'The Role assignment already exists.',
        error: {
          code: 'RoleAssignmentExists',
          message: 'The Role assignment already exists.',
          innerError: {
            date: expect.any(String),
            requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
            clientRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          },
        },
      },
    });
  });

  it('reads a schedule with who has it and what it was made from', async () => {
    const path = `${directory}/roleAssignmentSchedules?$expand=principal,activatedUsing,roleDefinition&$filter=assignmentType eq 'Activated'`;
    expect(await get(path, 'UnifiedRoleAssignmentScheduleCollectionResponse')).toMatchObject({
      answer: {
        value: [
          {
            memberType: 'Direct',
            principal: { odataType: '#microsoft.graph.user', userPrincipalName: 'erin@contoso.example' },
            activatedUsing: { scheduleInfo: { expiration: { type: 'noExpiration' } } },
            roleDefinition: { isBuiltIn: true, displayName: 'User Administrator' },
          },
        ],
      },
    });
  });

  it.each([
    ['roleAssignments', 'UnifiedRoleAssignment'],
    ['roleAssignmentScheduleInstances', 'UnifiedRoleAssignmentScheduleInstance'],
    ['roleEligibilityScheduleInstances', 'UnifiedRoleEligibilityScheduleInstance'],
    ['roleEligibilitySchedules', 'UnifiedRoleEligibilitySchedule'],
    ['roleDefinitions', 'UnifiedRoleDefinition'],
  ])('knows every property of %s', async (set, model) => {
    const { answer } = await get(`${directory}/${set}?$top=5`, `${model}CollectionResponse`);
    const { value } = answer as { value: readonly { id?: string; additionalData?: object }[] };
    expect(value.length).toBeGreaterThan(0);
    // What its model does not know, the SDK puts there.
    for (const one of value) expect([one.id, one.additionalData]).toEqual([expect.any(String), undefined]);
  });

  it('reads each rule of a policy as what it is', async () => {
    const policy = `DirectoryRole_e0000000-0000-4000-8000-000000000001_${role.securityAdministrator}`;
    const path = `policies/roleManagementPolicies/${policy}?$expand=rules`;
    const { answer } = await get(path, 'UnifiedRoleManagementPolicy');
    const { rules } = answer as { rules: readonly { id: string }[] };
    expect(rules).toHaveLength(17);
    expect(rules.find((one) => one.id === 'Expiration_EndUser_Assignment')).toMatchObject({
      isExpirationRequired: true,
      maximumDuration: { hours: 8, minutes: 0 },
      target: { operations: ['all'] },
    });
    expect(rules.find((one) => one.id === 'Approval_EndUser_Assignment')).toMatchObject({
      setting: {
        isApprovalRequired: true,
        approvalStages: [
          {
            primaryApprovers: [
              { odataType: '#microsoft.graph.groupMembers', groupId: 'b0000000-0000-4000-8000-000000000001' },
            ],
          },
        ],
      },
    });
  });

  it('reads membership of groups, its enums in their case', async () => {
    const path = 'identityGovernance/privilegedAccess/group';
    const request = {
      what: 'post',
      path: `${path}/eligibilityScheduleRequests`,
      model: 'PrivilegedAccessGroupEligibilityScheduleRequest',
      body: {
        accessId: 'member',
        groupId: id.helpdesk,
        principalId: id.bob,
        action: 'adminAssign',
        justification: 'On call this week',
        scheduleInfo: { expiration: { type: 'noExpiration' } },
      },
    };
    expect(await ask('ada', request)).toMatchObject({ answer: { accessId: 'member', action: 'adminAssign' } });
    const filter = `$filter=groupId eq '${id.helpdesk}'&$expand=group,principal`;
    const model = 'PrivilegedAccessGroupEligibilityScheduleInstanceCollectionResponse';
    expect(await get(`${path}/eligibilityScheduleInstances?${filter}`, model)).toMatchObject({
      answer: {
        value: [
          {
            accessId: 'member',
            memberType: 'direct',
            group: { displayName: 'Helpdesk', isAssignableToRole: true },
            principal: { odataType: '#microsoft.graph.user', id: id.bob },
          },
        ],
      },
    });
  });
});
