import 'reflect-metadata';
import { Endpoint } from './support/endpoint';
import { expectRebuildToEqual, readLog, typesOf } from './support/log';
import { quietErrors } from './support/quiet';
import { activation, assignmentRequests, id, role, TestServer, type Answer } from './support/server';

const group = 'identityGovernance/privilegedAccess/group';

/** A role whose settings name an endpoint that is asked before an activation. What counts as an answer: `libs/platform`. */
describe('a custom extension', () => {
  let endpoint: Endpoint;
  let server: TestServer;
  beforeAll(async () => {
    endpoint = await Endpoint.start();
    const extensions = { hosts: [endpoint.host], keys: [Buffer.alloc(32, 1)], allowsLocalHttp: true };
    server = await TestServer.start(undefined, null, null, { extensions });
  });
  afterAll(async () => {
    await server.stop();
    await endpoint.stop();
  });
  beforeEach(() => {
    endpoint.reply = null;
    endpoint.asked.splice(0);
  });

  const settings = async (scopeId: string, scopeType: string, roleId: string): Promise<string> => {
    const filter = `scopeId eq '${scopeId}' and scopeType eq '${scopeType}' and roleDefinitionId eq '${roleId}'`;
    const found = await server.call('ada', 'GET', `policies/roleManagementPolicyAssignments?$filter=${filter}`);
    return `policies/roleManagementPolicies/${String(found.body.value?.[0]?.['policyId'])}`;
  };
  const set = async (policy: string, customExtension: object | null): Promise<Answer> =>
    server.call('paul', 'PATCH', policy, { customExtension });
  const usual = () => ({ endpoint: `http://${endpoint.host}/check`, timeoutSeconds: 30, isEnabled: true });
  const extend = async (roleId: string): Promise<void> => {
    const { status } = await set(await settings('/', 'DirectoryRole', roleId), usual());
    expect(status).toBe(200);
  };

  const activate = (who: 'erin' | 'frank', roleId: string, more: object = {}): Promise<Answer> =>
    server.call(who, 'POST', assignmentRequests, activation(id[who], roleId, more));
  const read = (requestId: string): Promise<Answer> => server.call('paul', 'GET', `${assignmentRequests}/${requestId}`);
  /** Nobody waits for somebody else's server, so tests look until it has answered. */
  const ended = async (requestId: string): Promise<Answer['body']> => {
    for (;;) {
      const { body } = await read(requestId);
      if (body['status'] !== 'PendingProvisioning') return body;
    }
  };
  const eventsOf = async (requestId: unknown) =>
    typesOf(await readLog(server.ports.eventStore), `request-${requestId}`);

  it('is a setting of roles and groups that administrators change, all may read, and each decision names', async () => {
    const policy = await settings('/', 'DirectoryRole', role.userAdministrator);
    const set1 = await set(policy, usual());
    expect([set1.status, set1.body['customExtension']]).toEqual([200, usual()]);
    expect((await server.call('erin', 'GET', policy)).body['customExtension']).toEqual(usual());
    expect((await server.call('erin', 'PATCH', policy, { customExtension: null })).status).toBe(403);
    for (const [name, value] of [
      ['endpoint', 'https://169.254.169.254/latest'],
      ['endpoint', `http://${endpoint.host}/check?key=secret`],
      ['timeoutSeconds', 31],
    ] as const) {
      const refused = await set(policy, { ...usual(), [name]: value });
      expect([refused.status, refused.body.error?.code]).toEqual([400, 'InvalidPolicy']);
      expect(refused.body.error?.message).toContain(`customExtension.${name}`);
    }
    const ofGroup = await settings(id.helpdesk, 'Group', 'member');
    expect((await set(ofGroup, usual())).body['customExtension']).toEqual(usual());
    const log = await readLog(server.ports.eventStore);
    const versions = log.filter(({ type }) => type === 'CustomExtensionChanged').map(({ data }) => data);
    expect(versions).toMatchObject([{ version: 1 }, { version: 1 }]);
  });

  it('approves: it is told who asks for what, and why, and the role is active', async () => {
    endpoint.reply = { evaluationOutcome: 'Approved', reason: 'INC-1 is open' };
    const ticketInfo = { ticketNumber: 'INC-1', ticketSystem: 'desk' };
    const { status, body } = await activate('erin', role.userAdministrator, { ticketInfo });
    expect([status, body['status']]).toEqual([201, 'Provisioned']);
    expect(body['customExtensionAnswer']).toMatchObject({ outcome: 'approved', reason: 'INC-1 is open' });
    expect(endpoint.asked).toHaveLength(1);
    expect(endpoint.asked[0]).toMatchObject({
      id: body['id'],
      headers: { 'webhook-signature': expect.stringMatching(/^v1,/) },
      body: {
        type: 'io.openpim.activation.v1',
        requestId: body['id'],
        action: 'selfActivate',
        principalId: id.erin,
        roleDefinitionId: role.userAdministrator,
        directoryScopeId: '/',
        schedule: { startDateTime: null, endDateTime: null, durationSeconds: 3_600 },
        justification: 'Reset a locked account',
        ticketInfo,
        authentication: { amr: expect.arrayContaining(['mfa']) },
        isApprovalRequired: false,
        policyVersion: 1,
      },
    });
    expect(await eventsOf(body['id'])).toEqual(['RequestSubmitted', 'CustomExtensionAnswered', 'RequestProvisioned']);
  });

  it('denies, with a reason that whoever asked can read, and auditors as well', async () => {
    endpoint.reply = { evaluationOutcome: 'Denied', reason: 'There is a change freeze' };
    const { status, body } = await activate('frank', role.userAdministrator);
    expect([status, body['status']]).toEqual([201, 'Denied']);
    expect(body['customExtensionAnswer']).toMatchObject({ outcome: 'denied', reason: 'There is a change freeze' });
    expect(await eventsOf(body['id'])).toEqual(['RequestSubmitted', 'CustomExtensionAnswered', 'RequestDenied']);
    const name = 'Add member to role request denied (PIM activation)';
    const audits = await server.call(
      'ada',
      'GET',
      `auditLogs/directoryAudits?$filter=activityDisplayName eq '${name}'`,
    );
    expect(audits.body.value).toMatchObject([{ resultReason: 'There is a change freeze' }]);
  });

  it('leaves an approval to the approvers of the role, or approves for them', async () => {
    await extend(role.securityAdministrator);
    endpoint.reply = { evaluationOutcome: 'Approved' };
    const waiting = await activate('erin', role.securityAdministrator);
    expect(waiting.body).toMatchObject({ status: 'PendingApproval', approvalId: waiting.body['id'] });
    endpoint.reply = { evaluationOutcome: 'AutoApproved' };
    const past = await activate('frank', role.securityAdministrator);
    expect(past.body).toMatchObject({ status: 'Provisioned', approvalId: null });
    const path = `roleManagement/directory/roleAssignmentApprovals/${String(waiting.body['id'])}/steps`;
    const steps = await server.call('alice', 'GET', `/beta/${path}`);
    const step = `/beta/${path}/${String(steps.body.value?.[0]?.['id'])}`;
    const yes = { reviewResult: 'Approve', justification: 'Agreed' };
    expect((await server.call('alice', 'PATCH', step, yes)).status).toBe(204);
    expect((await read(String(waiting.body['id']))).body['status']).toBe('Provisioned');
  });

  it('is not asked about what is only tried out, nor about what the rules refuse', async () => {
    await extend(role.exchangeAdministrator);
    const token = await server.token('erin', { acrs: ['c1'] });
    const body = activation(id.erin, role.exchangeAdministrator, { isValidationOnly: true });
    const tried = await server.call(token, 'POST', assignmentRequests, body);
    expect([tried.status, tried.body['status']]).toEqual([201, 'PendingProvisioning']);
    expect((await activate('erin', role.exchangeAdministrator)).status).toBe(400);
    expect(endpoint.asked).toEqual([]);
  });

  it('denies when it dies, after three tries under one id', async () => {
    const asked = endpoint.next();
    const answer = activate('frank', role.userAdministrator);
    await asked;
    for (const _ of [2, 3]) {
      const again = endpoint.next();
      endpoint.drop();
      await again;
    }
    endpoint.drop();
    const { body } = await answer;
    expect(await ended(String(body['id']))).toMatchObject({
      status: 'Denied',
      customExtensionAnswer: { outcome: 'unanswered' },
    });
    expect(endpoint.asked.map(({ id: webhookId }) => webhookId)).toEqual([body['id'], body['id'], body['id']]);
  });

  it('may answer too late: a request can be withdrawn meanwhile, and only one waits at a time', async () => {
    const asked = endpoint.next();
    const answer = activate('frank', role.userAdministrator);
    const requestId = String((await asked).body['requestId']);
    expect((await read(requestId)).body['status']).toBe('PendingProvisioning');
    const second = await activate('frank', role.userAdministrator);
    expect(second.body.error?.code).toBe('PendingRoleAssignmentRequest');
    expect((await server.call('frank', 'POST', `${assignmentRequests}/${requestId}/cancel`)).status).toBe(204);
    expect((await answer).body['status']).toBe('Canceled');
    endpoint.reply = { evaluationOutcome: 'Approved' };
    endpoint.release();
    await server.running.runtime.settled();
    expect(await eventsOf(requestId)).toEqual(['RequestSubmitted', 'RequestCanceled']);
  });

  it('decides about places in groups alike, and goes with the eligibility', async () => {
    const eligibility = { accessId: 'member', groupId: id.helpdesk, principalId: id.frank, justification: 'On call' };
    const assign = { ...eligibility, action: 'adminAssign', scheduleInfo: { expiration: { type: 'noExpiration' } } };
    expect((await server.call('paul', 'POST', `${group}/eligibilityScheduleRequests`, assign)).status).toBe(201);
    const scheduleInfo = { expiration: { type: 'afterDuration', duration: 'PT1H' } };
    const wish = { ...eligibility, action: 'selfActivate', scheduleInfo };
    const asked = endpoint.next();
    const answer = server.call('frank', 'POST', `${group}/assignmentScheduleRequests`, wish);
    const { body } = await asked;
    expect(body).toMatchObject({ roleDefinitionId: 'member', directoryScopeId: id.helpdesk, principalId: id.frank });
    const remove = { ...eligibility, action: 'adminRemove' };
    await server.later(6);
    expect((await server.call('paul', 'POST', `${group}/eligibilityScheduleRequests`, remove)).status).toBe(201);
    expect((await answer).body['status']).toBe('Revoked');
    endpoint.reply = { evaluationOutcome: 'Approved' };
    endpoint.release();
    await server.running.runtime.settled();
    expect(await eventsOf(body['requestId'])).toEqual(['RequestSubmitted', 'RequestRevoked']);
  });

  it('is asked again by the process that comes after one that stopped, under the same id', async () => {
    const errors = quietErrors();
    const asked = endpoint.next();
    const answer = activate('frank', role.userAdministrator);
    const first = await asked;
    expect((await answer).body['status']).toBe('PendingProvisioning');
    endpoint.reply = { evaluationOutcome: 'Approved' };
    server = await server.restart();
    expect((await ended(first.id))['status']).toBe('Provisioned');
    expect(endpoint.asked.map(({ id: webhookId }) => webhookId)).toEqual([first.id, first.id]);
    await expectRebuildToEqual(server);
    errors.restore();
    expect(errors.lines.join()).toContain('asked again by the next one');
  });
});
