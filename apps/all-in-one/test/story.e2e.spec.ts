import 'reflect-metadata';
import type {
  UnifiedRoleAssignmentScheduleInstance,
  UnifiedRoleAssignmentScheduleRequest,
  UnifiedRoleEligibilityScheduleInstance,
} from '@microsoft/microsoft-graph-types';
import { graphClient } from './support/graph-client';
import { activation, assignment, id, role, TestServer } from './support/server';

/** The main story, told by Microsoft's own client. */
describe('just-in-time activation with @microsoft/microsoft-graph-client', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const as = (user: string, version = 'v1.0') => graphClient(server, user, version);

  const directory = '/roleManagement/directory';
  const instances = `${directory}/roleAssignmentScheduleInstances`;

  it('an administrator makes somebody eligible', async () => {
    const answer: UnifiedRoleAssignmentScheduleRequest = await as('paul')
      .api(`${directory}/roleEligibilityScheduleRequests`)
      .post(
        assignment('adminAssign', id.heidi, role.userAdministrator, {
          scheduleInfo: {
            startDateTime: '2022-04-10T00:00:00Z',
            expiration: { type: 'afterDuration', duration: 'P30D' },
          },
        }),
      );
    expect(answer).toMatchObject({ status: 'Provisioned', action: 'adminAssign', principalId: id.heidi });
    expect(answer.targetScheduleId).toBe(answer.id);
  });

  it('that person finds it, with the role by name', async () => {
    const { value }: { value: UnifiedRoleEligibilityScheduleInstance[] } = await as('heidi')
      .api(`${directory}/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')`)
      .filter(`roleDefinitionId eq '${role.userAdministrator}'`)
      .expand('roleDefinition($select=displayName)')
      .get();
    expect(value).toHaveLength(1);
    expect(value[0]).toMatchObject({
      endDateTime: '2026-04-01T08:00:00Z',
      roleDefinition: { displayName: 'User Administrator' },
    });
  });

  it('activates it with a reason and a second factor, and the next GET shows it', async () => {
    const heidi = as('heidi');
    const answer: UnifiedRoleAssignmentScheduleRequest = await heidi
      .api(`${directory}/roleAssignmentScheduleRequests`)
      .post(activation(id.heidi, role.userAdministrator));
    expect(answer.status).toBe('Provisioned');
    const { value }: { value: UnifiedRoleAssignmentScheduleInstance[] } = await heidi
      .api(`${instances}/filterByCurrentUser(on='principal')`)
      .filter(`roleAssignmentScheduleId eq '${answer.targetScheduleId}'`)
      .get();
    expect(value).toHaveLength(1);
    expect(value[0]).toMatchObject({
      assignmentType: 'Activated',
      startDateTime: '2026-03-02T08:00:00Z',
      endDateTime: '2026-03-02T09:00:00Z',
    });
  });

  it('loses it on time, to the millisecond', async () => {
    const mine = () => as('heidi').api(`${instances}/filterByCurrentUser(on='principal')`).get();
    server.clock.set('2026-03-02T08:59:59.999Z');
    expect((await mine()).value).toHaveLength(1);
    server.clock.set('2026-03-02T09:00:00.000Z');
    expect((await mine()).value).toEqual([]);
  });

  it('leaves the whole of it in the audit trail, names included', async () => {
    await server.running.runtime.settled();
    const { value } = await as('sam')
      .api('/auditLogs/directoryAudits')
      .filter(`loggedByService eq 'PIM' and targetResources/any(t:t/id eq '${id.heidi}')`)
      .orderby('activityDateTime')
      .get();
    expect(value.map((record: { activityDisplayName: string }) => record.activityDisplayName)).toEqual([
      'Add eligible member to role in PIM requested (timebound)',
      'Add eligible member to role in PIM completed (timebound)',
      'Add member to role requested (PIM activation)',
      'Add member to role completed (PIM activation)',
      'Remove member from role (PIM activation expired)',
    ]);
    expect(value[2].initiatedBy.user).toMatchObject({ id: id.heidi, userPrincipalName: 'heidi@contoso.example' });
  });

  it('a role that needs approval waits for somebody else, who sees it in their queue', async () => {
    const pending: UnifiedRoleAssignmentScheduleRequest = await as('erin')
      .api(`${directory}/roleAssignmentScheduleRequests`)
      .post(activation(id.erin, role.securityAdministrator));
    expect(pending).toMatchObject({ status: 'PendingApproval', approvalId: pending.id });
    const alice = as('alice', 'beta');
    const approvals = `${directory}/roleAssignmentApprovals`;
    const queue = await alice.api(`${approvals}/filterByCurrentUser(on='approver')`).get();
    expect(queue.value.map((approval: { id: string }) => approval.id)).toEqual([pending.id]);
    const { value } = await alice.api(`${approvals}/${pending.approvalId}/steps`).get();
    expect(value).toMatchObject([
      { id: pending.id, status: 'InProgress', reviewResult: 'NotReviewed', assignedToMe: true },
    ]);
    await alice
      .api(`${approvals}/${pending.approvalId}/steps/${pending.approvalId}`)
      .patch({ reviewResult: 'Approve', justification: 'Known incident' });
    const settled = await as('erin').api(`${directory}/roleAssignmentScheduleRequests/${pending.id}`).get();
    expect(settled.status).toBe('Provisioned');
  });

  it('a refusal reaches the client as Graph writes it', async () => {
    const refused = as('erin')
      .api(`${directory}/roleAssignmentScheduleRequests`)
      .post({ ...activation(id.erin, role.helpdeskAdministrator), justification: '' });
    await expect(refused).rejects.toMatchObject({
      statusCode: 400,
      code: 'RoleAssignmentRequestPolicyValidationFailed',
    });
  });
});
