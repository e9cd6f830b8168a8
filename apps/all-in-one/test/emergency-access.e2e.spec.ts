import 'reflect-metadata';
import type { Ports } from '@pim/platform';
import {
  expectActiveAsLogged,
  expectRebuildToEqual,
  expectSoundLog,
  readLog,
  typesOf,
  type Recorded,
} from './support/log';
import { quietErrors } from './support/quiet';
import {
  activation,
  assignmentInstances,
  assignmentRequests,
  id,
  role,
  TestServer,
  type Answer,
} from './support/server';

jest.setTimeout(60_000);

const reviews = '/openpim/v1/emergencyReviews';
const alerts = 'identityGovernance/roleManagementAlerts/alerts';

/** Everything around the log, until it is let go on: read models and the bus. The log fails once when it is told to. */
class Outage {
  private failsAt: string | null = null;
  private isOver: Promise<void> = Promise.resolve();
  private end: () => void = () => undefined;

  begin(): void {
    this.isOver = new Promise((resolve) => (this.end = resolve));
  }

  over(): void {
    this.end();
  }

  /** The next event of this type is not recorded. */
  failAt(type: string): void {
    this.failsAt = type;
  }

  readonly through = ({ documents, bus, eventStore, ...others }: Ports): Ports => ({
    ...others,
    eventStore: {
      append: (stream, events, expected) => {
        if (!events.some(({ type }) => type === this.failsAt)) return eventStore.append(stream, events, expected);
        this.failsAt = null;
        return Promise.reject(new Error('The connection was lost.'));
      },
      read: (...a) => eventStore.read(...a),
      readAll: (...a) => eventStore.readAll(...a),
      head: () => eventStore.head(),
      subscribe: (...a) => eventStore.subscribe(...a),
      close: () => eventStore.close(),
    },
    documents: {
      isLasting: documents.isLasting,
      get: async (...a) => this.wait().then(() => documents.get(...a)),
      put: async (...a) => this.wait().then(() => documents.put(...a)),
      find: async (...a) => this.wait().then(() => documents.find(...a)),
      count: async (...a) => this.wait().then(() => documents.count(...a)),
      drop: async (...a) => this.wait().then(() => documents.drop(...a)),
      index: (...a) => documents.index(...a),
    },
    bus: {
      consume: (...a) => bus.consume(...a),
      publish: async (event) => this.wait().then(() => bus.publish(event)),
      parked: () => bus.parked(),
      replay: (...a) => bus.replay(...a),
      close: () => bus.close(),
    },
  });

  private wait(): Promise<void> {
    return this.isOver;
  }
}

const policyOf = async (server: TestServer, roleId: string): Promise<string> => {
  const filter = `scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '${roleId}'`;
  const { body } = await server.call('ada', 'GET', `policies/roleManagementPolicyAssignments?$filter=${filter}`);
  return `policies/roleManagementPolicies/${String(body.value?.[0]?.['policyId'])}`;
};

const name = async (server: TestServer, roleId: string, ...people: readonly string[]): Promise<Answer> =>
  server.call('paul', 'PATCH', await policyOf(server, roleId), { emergencyAccess: { people } });

const urgent = (who: 'erin' | 'frank', roleId: string, more: object = {}): object =>
  activation(id[who], roleId, { isEmergency: true, justification: 'Nobody answers', ...more });

const alertOf = (requestId: unknown): string => `alert-EmergencyAccess_${requestId}`;
const reviewOf = (requestId: unknown): string => `emergencyReview-${requestId}`;

describe('emergency access', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const activate = (who: 'erin' | 'frank', roleId: string, more: object = {}) =>
    server.call(who, 'POST', assignmentRequests, urgent(who, roleId, more));
  const log = async (): Promise<readonly Recorded[]> => {
    await server.running.runtime.settled();
    return readLog(server.ports.eventStore);
  };
  const review = async (requestId: unknown) => (await server.call('sam', 'GET', `${reviews}/${requestId}`)).body;

  let requestId: unknown;

  it('is for the people whom administrators name in the settings of the role', async () => {
    const set = await name(server, role.securityAdministrator, id.erin);
    expect([set.status, set.body['emergencyAccess']]).toEqual([200, { people: [id.erin] }]);
    for (const people of [[id.helpdesk], [id.automation], ['a0000000-0000-4000-8000-0000000000ff']]) {
      const refused = await name(server, role.securityAdministrator, ...people);
      expect([refused.status, refused.body.error?.code]).toEqual([400, 'InvalidPolicy']);
    }
    const refused = await activate('frank', role.securityAdministrator);
    expect([refused.status, refused.body.error?.code]).toEqual([403, 'Authorization_RequestDenied']);
    const attempts = (await log()).filter(({ type }) => type === 'RequestRefused');
    expect(attempts.map(({ data }) => data)).toMatchObject([{ principalId: id.frank }]);
    expect((await server.call('sam', 'GET', reviews)).body).toEqual({ value: [], nextSkip: null });
  });

  it('still needs a reason, a second factor and an eligibility', async () => {
    const blank = await activate('erin', role.securityAdministrator, { justification: ' ' });
    expect(blank.body.error?.message).toContain('JustificationRule');
    const token = await server.token('erin', { mfa: false });
    const single = await server.call(token, 'POST', assignmentRequests, urgent('erin', role.securityAdministrator));
    expect(single.body.error?.message).toContain('MfaRule');
    await name(server, role.securityReader, id.erin);
    expect((await activate('erin', role.securityReader)).body.error?.code).toBe('RoleAssignmentDoesNotExist');
    const body = { ...urgent('erin', role.userAdministrator), action: 'selfDeactivate' };
    expect((await server.call('erin', 'POST', assignmentRequests, body)).status).toBe(400);
  });

  it('waits for nobody, while the request that waits for an approver goes on waiting', async () => {
    const usual = activation(id.erin, role.securityAdministrator);
    expect((await server.call('erin', 'POST', assignmentRequests, usual)).body['status']).toBe('PendingApproval');
    const tried = await activate('erin', role.securityAdministrator, { isValidationOnly: true });
    expect([tried.status, tried.body['isEmergency']]).toEqual([201, true]);
    const { status, body } = await activate('erin', role.securityAdministrator);
    expect([status, body['status'], body['approvalId'], body['isEmergency']]).toEqual([201, 'Provisioned', null, true]);
    requestId = body['id'];
    const read = await server.call('erin', 'GET', `${assignmentRequests}/${String(requestId)}`);
    expect(read.body).toEqual({ ...body, '@odata.context': read.body['@odata.context'] });
    expect(typesOf(await log(), `request-${requestId}`)).toEqual(['RequestSubmitted', 'RequestProvisioned']);
    await expectActiveAsLogged(server);
  });

  it('is alerted to, severely, and is under review, once each', async () => {
    const events = await log();
    expect(typesOf(events, alertOf(requestId))).toEqual(['AlertTriggered']);
    expect(typesOf(events, reviewOf(requestId))).toEqual(['EmergencyReviewOpened']);
    const { data } = events.find(({ stream }) => stream === alertOf(requestId)) as Recorded;
    expect(data).toMatchObject({ name: 'EmergencyAccess', severity: 'high', holders: [id.erin] });
    const alert = await server.call('sam', 'GET', `${alerts}/EmergencyAccess_${requestId}`);
    expect(alert.body).toMatchObject({ isActive: true, incidentCount: 1 });
    const open = await server.call('sam', 'GET', `${reviews}?status=open`);
    expect(open.body.value).toMatchObject([{ id: requestId, principalId: id.erin, justification: 'Nobody answers' }]);
    expect((await server.call('frank', 'GET', reviews)).status).toBe(403);
    expect((await server.call('sam', 'GET', `${reviews}?status=all`)).status).toBe(400);
  });

  it('is reviewed by an administrator other than the person; who else tries is on record', async () => {
    const path = `${reviews}/${requestId}`;
    const verdict = { verdict: 'justified', comment: 'INC-7' };
    for (const who of ['erin', 'frank'])
      expect([who, (await server.call(who, 'PATCH', path, verdict)).status]).toEqual([who, 403]);
    expect((await server.call('paul', 'PATCH', path, { verdict: 'fine', comment: 'x' })).status).toBe(400);
    expect((await server.call('paul', 'PATCH', path, { verdict: 'justified', comment: '' })).status).toBe(400);
    const closed = await server.call('paul', 'PATCH', path, verdict);
    expect([closed.status, closed.body]).toEqual([200, expect.objectContaining({ status: 'closed', ...verdict })]);
    expect((await server.call('paul', 'PATCH', path, verdict)).status).toBe(409);
    expect((await server.call('paul', 'PATCH', `${reviews}/${id.erin}`, verdict)).status).toBe(404);
    expect(await review(requestId)).toMatchObject({ closedById: id.paul, verdict: 'justified' });
    const events = await log();
    expect(typesOf(events, reviewOf(requestId))).toEqual([
      'EmergencyReviewOpened',
      'EmergencyReviewRefused',
      'EmergencyReviewRefused',
      'EmergencyReviewClosed',
    ]);
    expect(typesOf(events, alertOf(requestId))).toEqual(['AlertTriggered', 'AlertResolved']);
    await expectRebuildToEqual(server);
  });

  it('is one when it is sent again under its id, and another once that is over', async () => {
    await name(server, role.userAdministrator, id.frank);
    const send = async (key: string) =>
      server.raw('POST', assignmentRequests, {
        headers: {
          authorization: `Bearer ${await server.token('frank')}`,
          'content-type': 'application/json',
          'client-request-id': key,
        },
        body: JSON.stringify(urgent('frank', role.userAdministrator)),
      });
    const answers = await Promise.all([send('one'), send('one'), send('one')]);
    const ids = answers.map(({ body }) => body['id']);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(ids).size).toBe(1);
    expect((await send('two')).body.error?.code).toBe('RoleAssignmentExists');
    expect((await send('one')).body).toEqual(answers[0].body);
    expect(typesOf(await log(), `request-${ids[0]}`)).toEqual(['RequestSubmitted', 'RequestProvisioned']);
    expect(typesOf(await log(), reviewOf(ids[0]))).toEqual(['EmergencyReviewOpened']);

    await server.later(61);
    const next = await send('one');
    expect([next.status, next.body['status']]).toEqual([201, 'Provisioned']);
    expect(ids).not.toContain(next.body['id']);
    await expectActiveAsLogged(server);
  });
});

describe('emergency access while read models and the bus hang', () => {
  it('is active by the log; alert and review follow when they are back, once each, also after a restart', async () => {
    const errors = quietErrors();
    const outage = new Outage();
    let server = await TestServer.start(undefined, null, outage.through);
    try {
      await name(server, role.securityAdministrator, id.erin, id.frank);
      const pair = {
        roleDefinitionIds: [role.securityAdministrator, role.securityReader],
        reason: 'Nobody watches themself',
      };
      expect((await server.call('ada', 'POST', '/openpim/v1/separationOfDuty', pair)).status).toBe(201);
      await server.running.runtime.settled();
      outage.begin();
      const token = await server.token('erin');
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'client-request-id': 'a0000000-0000-4000-8000-00000000cafe',
      };
      const body = JSON.stringify(urgent('erin', role.securityAdministrator));
      const usual = server.call('frank', 'POST', assignmentRequests, activation(id.frank, role.securityAdministrator));
      outage.failAt('AssignmentGranted');
      expect((await server.raw('POST', assignmentRequests, { headers, body })).status).toBe(500);
      const answer = await server.raw('POST', assignmentRequests, { headers, body });
      expect([answer.status, answer.body['status']]).toEqual([201, 'Provisioned']);
      const again = await server.raw('POST', assignmentRequests, { headers, body });
      expect([again.status, again.body]).toEqual([201, answer.body]);
      const otherCall = { ...headers, 'client-request-id': 'another' };
      const other = await server.raw('POST', assignmentRequests, { headers: otherCall, body });
      expect([other.status, other.body.error?.code]).toEqual([400, 'RoleAssignmentExists']);
      // Behind a request of the same person that hangs.
      const behind = await server.call(
        'frank',
        'POST',
        assignmentRequests,
        urgent('frank', role.securityAdministrator),
      );
      expect([behind.status, behind.body['status']]).toEqual([201, 'Provisioned']);
      const requestIds = [answer.body['id'], behind.body['id']];
      const during = await readLog(server.ports.eventStore);
      const made = during.filter(({ type }) => type === 'RequestSubmitted');
      expect(made.filter(({ data }) => (data as { isEmergency?: boolean }).isEmergency)).toHaveLength(2);
      for (const requestId of requestIds) {
        expect(typesOf(during, `request-${requestId}`)).toEqual(['RequestSubmitted', 'RequestProvisioned']);
        expect(typesOf(during, alertOf(requestId))).toEqual([]);
      }
      expect(typesOf(during, `roleSchedule-${role.securityAdministrator}@/`).slice(-2)).toEqual([
        'AssignmentGranted',
        'AssignmentGranted',
      ]);
      outage.over();
      // What hung goes on, by what it saw before; how is not the point.
      await usual;
      await server.running.runtime.settled();
      server = await server.restart();
      await server.running.runtime.settled();
      const log = await readLog(server.ports.eventStore);
      expectSoundLog(log);
      for (const requestId of requestIds) {
        expect(typesOf(log, `request-${requestId}`)).toEqual(['RequestSubmitted', 'RequestProvisioned']);
        expect(typesOf(log, alertOf(requestId))).toEqual(['AlertTriggered']);
        expect(typesOf(log, reviewOf(requestId))).toEqual(['EmergencyReviewOpened']);
      }
      const held = await server.call('sam', 'GET', `${assignmentInstances}?$filter=principalId eq '${id.erin}'`);
      expect(held.body.value).toHaveLength(1);
      await expectActiveAsLogged(server);
      await expectRebuildToEqual(server);
    } finally {
      outage.over();
      errors.restore();
      await server.stop();
    }
  });
});
