import 'reflect-metadata';
import { policyIdOf } from '@pim/requests/service';
import { readDemoTenant } from '../src/demo-tenant';
import { readLog, typesOf } from './support/log';
import {
  activation,
  assignment,
  assignmentInstances,
  eligibilityInstances,
  eligibilityRequests,
  assignmentRequests,
  id,
  role,
  TestServer,
} from './support/server';

const schedules = 'roleManagement/directory/roleEligibilitySchedules';
const reader = role.securityReader;

const maximum = {
  '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyExpirationRule',
  id: 'Expiration_Admin_Eligibility',
  maximumDuration: 'P300D',
};

/** An eligibility from its grant to its renewal: what administrators change, what its holder asks for (reference §4.10). */
describe('the life of an eligibility', () => {
  let server: TestServer;
  let request = '';
  beforeAll(async () => {
    server = await TestServer.start('2026-03-02T08:00:00.000Z');
  });
  afterAll(() => server.stop());

  const lasting = (duration: string, more: object = {}) => ({
    scheduleInfo: { expiration: { type: 'afterDuration', duration } },
    ...more,
  });
  const ask = (who: string, action: string, more: object) =>
    server.call(who, 'POST', eligibilityRequests, assignment(action, id.frank, reader, more));
  const decide = (who: string, decision: string, more: object = {}) =>
    server.call(who, 'POST', `/openpim/v1/scheduleRequests/${request}/decision`, {
      decision,
      justification: 'Agreed with the team lead',
      ...more,
    });
  const schedulesOf = async () => {
    const path = `${schedules}?$filter=principalId eq '${id.frank}' and roleDefinitionId eq '${reader}'`;
    return (await server.call('paul', 'GET', path)).body.value ?? [];
  };
  const end = async () => (await schedulesOf())[0]?.['scheduleInfo'];
  const status = async () => (await server.call('frank', 'GET', `${eligibilityRequests}/${request}`)).body['status'];

  it('begins with an end', async () => {
    const { status: answered, body } = await ask('paul', 'adminAssign', lasting('P20D'));
    expect([answered, body['status']]).toEqual([201, 'Provisioned']);
    request = String(body['id']);
  });

  it('goes on under the id of the request that gives it other times', async () => {
    const { body } = await ask('paul', 'adminUpdate', lasting('P30D', { targetScheduleId: request }));
    expect(body).toMatchObject({ status: 'Provisioned', action: 'adminUpdate', targetScheduleId: body['id'] });
    const [schedule, ...others] = await schedulesOf();
    expect(others).toEqual([]);
    expect(schedule).toMatchObject({ id: body['id'], createdUsing: body['id'], status: 'Provisioned' });
    expect(await end()).toMatchObject({
      startDateTime: '2026-03-02T08:00:00Z',
      expiration: { type: 'afterDateTime', endDateTime: '2026-04-01T08:00:00Z' },
    });
    request = String(body['id']);
  });

  it('is not extended by its holder too early, and not without a reason', async () => {
    const early = await ask('frank', 'selfExtend', lasting('P60D'));
    expect([early.status, early.body.error?.code]).toEqual([400, 'InvalidRoleAssignmentRequest']);
    await server.at('2026-03-20T08:00:00.000Z');
    const blank = await ask('frank', 'selfExtend', lasting('P60D', { justification: '' }));
    expect(blank.body.error?.message).toContain('JustificationRule');
  });

  it('was reminded of 14 days before', async () => {
    const stream = `roleSchedule-${reader}@/`;
    expect(typesOf(await readLog(server.ports.eventStore), stream)).toContain('ExpiryReminderDue');
  });

  it('waits for an administrator when its holder asks, once at a time', async () => {
    const { body } = await ask('frank', 'selfExtend', lasting('P60D'));
    expect(body).toMatchObject({ status: 'PendingAdminDecision', approvalId: null, completedDateTime: null });
    request = String(body['id']);
    expect((await ask('frank', 'selfExtend', lasting('P90D'))).body.error?.code).toBe('PendingRoleAssignmentRequest');
    const listed = await server.call('paul', 'GET', `${eligibilityRequests}?$filter=status eq 'PendingAdminDecision'`);
    expect(listed.body.value?.map((one) => one['id'])).toEqual([request]);
  });

  it('is extended by an administrator only, never by who asked', async () => {
    for (const who of ['frank', 'erin']) expect((await decide(who, 'Approve')).status).toBe(403);
    expect((await decide('paul', 'Perhaps')).status).toBe(400);
    expect((await decide('paul', 'Approve', { justification: '' })).status).toBe(400);
    expect(await status()).toBe('PendingAdminDecision');
    const types = typesOf(await readLog(server.ports.eventStore), `request-${request}`);
    expect(types).toEqual(['RequestSubmitted', 'ExtensionDecisionRefused', 'ExtensionDecisionRefused']);
    const { status: answered, body } = await decide('paul', 'approve');
    expect([answered, body['status']]).toEqual([200, 'Provisioned']);
    expect(await end()).toMatchObject({ expiration: { endDateTime: '2026-05-19T08:00:00Z' } });
    expect((await decide('paul', 'Deny')).status).toBe(409);
    expect((await decide('erin', 'Deny')).status).toBe(403);
  });

  it('takes its activations along, and cuts them when it is made shorter', async () => {
    await server.call('frank', 'POST', assignmentRequests, activation(id.frank, reader, lasting('PT8H')));
    const active = async () => {
      const path = `${assignmentInstances}?$filter=principalId eq '${id.frank}'&$expand=activatedUsing`;
      return (await server.call('paul', 'GET', path)).body.value ?? [];
    };
    expect(await active()).toMatchObject([{ endDateTime: '2026-03-20T16:00:00Z' }]);
    const { body } = await ask('paul', 'adminUpdate', lasting('PT2H'));
    const eligibility = { roleEligibilityScheduleId: body['id'] };
    expect(await active()).toMatchObject([{ endDateTime: '2026-03-20T10:00:00Z', activatedUsing: eligibility }]);
    await server.at('2026-03-20T10:00:00.000Z');
    expect(await active()).toEqual([]);
    expect(await schedulesOf()).toEqual([]);
  });

  it('comes back by a renewal, on the terms of whoever agrees', async () => {
    const { body } = await ask('frank', 'selfRenew', lasting('P30D'));
    const rule = `policies/roleManagementPolicies/${policyIdOf(readDemoTenant().tenantId, reader)}/rules/${maximum.id}`;
    expect((await server.call('paul', 'PATCH', rule, maximum)).status).toBe(204);
    expect(body['status']).toBe('PendingAdminDecision');
    request = String(body['id']);
    const scheduleInfo = { expiration: { type: 'afterDateTime', endDateTime: '2026-03-27T10:00:00Z' } };
    expect((await decide('paul', 'Approve', { scheduleInfo })).body).toMatchObject({ status: 'Provisioned' });
    expect(await schedulesOf()).toMatchObject([{ id: request, scheduleInfo }]);
    const path = `${eligibilityInstances}?$filter=principalId eq '${id.frank}' and roleDefinitionId eq '${reader}'`;
    expect((await server.call('paul', 'GET', path)).body.value).toMatchObject([{ roleEligibilityScheduleId: request }]);
    // Asked for under the defaults, agreed to under what was in force by then.
    const log = (await readLog(server.ports.eventStore)).filter(({ stream }) => stream === `request-${request}`);
    expect(log.map(({ type, data }) => [type, data]).slice(0, 2)).toMatchObject([
      ['RequestSubmitted', { policyVersion: 0 }],
      ['ExtensionApproved', { policyVersion: 1 }],
    ]);
  });

  it('takes what waits to extend it with it when it ends', async () => {
    request = String((await ask('frank', 'selfExtend', lasting('P60D'))).body['id']);
    expect(await status()).toBe('PendingAdminDecision');
    await server.at('2026-03-27T10:00:00.000Z');
    expect(await status()).toBe('Revoked');
    expect((await ask('frank', 'selfExtend', lasting('P60D'))).body.error?.code).toBe('RoleAssignmentDoesNotExist');
    expect((await ask('paul', 'adminRenew', lasting('P5D'))).body['status']).toBe('Provisioned');
  });

  it('may be denied, or asked for no longer', async () => {
    request = String((await ask('frank', 'selfExtend', lasting('P60D'))).body['id']);
    expect((await decide('paul', 'Deny')).body['status']).toBe('Denied');
    request = String((await ask('frank', 'selfExtend', lasting('P60D'))).body['id']);
    expect((await server.call('frank', 'POST', `${eligibilityRequests}/${request}/cancel`)).status).toBe(204);
    expect(await status()).toBe('Canceled');
    expect((await decide('paul', 'Approve')).status).toBe(409);
  });

  it('gives the last administrator no end by an update', async () => {
    const { status: answered, body } = await server.call(
      'ada',
      'POST',
      assignmentRequests,
      assignment('adminUpdate', id.ada, role.globalAdministrator, lasting('P5D')),
    );
    expect([answered, body.error?.code]).toEqual([400, 'InvalidRoleAssignmentRequest']);
  });

  it('validates a change without making it', async () => {
    const before = await schedulesOf();
    const { status: answered, body } = await ask('paul', 'adminExtend', lasting('P60D', { isValidationOnly: true }));
    expect([answered, body['isValidationOnly']]).toEqual([201, true]);
    expect(await schedulesOf()).toEqual(before);
  });
});
