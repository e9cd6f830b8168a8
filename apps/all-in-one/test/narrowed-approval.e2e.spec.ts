import 'reflect-metadata';
import { operator, uuid } from './support/commands';
import { Gate } from './support/gate';
import { readLog } from './support/log';
import {
  activation,
  assignment,
  assignmentInstances,
  assignmentRequests,
  eligibilityRequests,
  id,
  role,
  TestServer,
  type Answer,
} from './support/server';

const steps = '/beta/roleManagement/directory/roleAssignmentApprovals';
const { userAdministrator, helpdeskAdministrator } = role;

/** An approver agrees for less than the whole tenant. */
describe('an approval for a narrower scope', () => {
  let server: TestServer;
  let unit: string;
  let otherUnit: string;
  const gate = new Gate();
  beforeAll(async () => {
    server = await TestServer.start(undefined, undefined, gate.through);
    [unit, otherUnit] = [await newUnit('Vienna'), await newUnit('Graz')];
    for (const roleId of [userAdministrator, helpdeskAdministrator]) await askedOf(roleId, 'alice', 'bob');
    await server.later(6); // nothing here is too fresh to be removed
  });
  afterAll(() => server.stop());

  const newUnit = async (displayName: string): Promise<string> => {
    const { body } = await server.call('ada', 'POST', 'administrativeUnits', { displayName });
    return `/administrativeUnits/${String(body['id'])}`;
  };
  /** One after the other must agree. */
  const askedOf = async (roleId: string, ...approvers: ('alice' | 'bob')[]): Promise<void> => {
    const policy = `DirectoryRole_e0000000-0000-4000-8000-000000000001_${roleId}`;
    const stage = (who: 'alice' | 'bob') => ({
      primaryApprovers: [{ '@odata.type': '#microsoft.graph.singleUser', userId: id[who] }],
      isApproverJustificationRequired: false,
    });
    const approvalStages = approvers.map(stage);
    const approvalMode = approvers.length > 1 ? 'Serial' : 'SingleStage';
    const rule = `policies/roleManagementPolicies/${policy}/rules/Approval_EndUser_Assignment`;
    const { status: code } = await server.call('paul', 'PATCH', rule, {
      '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyApprovalRule',
      setting: { isApprovalRequired: true, approvalMode, approvalStages },
    });
    expect(code).toBe(204);
  };
  const ask = async (who: keyof typeof id, roleId: string = userAdministrator, more: object = {}): Promise<string> => {
    const { body } = await server.call(who, 'POST', assignmentRequests, activation(id[who], roleId, more));
    expect(body['status']).toBe('PendingApproval');
    return String(body['id']);
  };
  const stepOf = async (who: string, approvalId: string, number: number): Promise<Record<string, unknown>> =>
    (await server.call(who, 'GET', `${steps}/${approvalId}/steps`)).body.value![number - 1]!;
  const agree = async (who: 'alice' | 'bob', approvalId: string, more: object = {}): Promise<Answer> => {
    const step = await stepOf(who, approvalId, who === 'alice' ? 1 : 2);
    const path = `${steps}/${approvalId}/steps/${String(step['id'])}`;
    return server.call(who, 'PATCH', path, { reviewResult: 'Approve', ...more });
  };
  /** Asked, agreed to for a unit, and agreed to. */
  const narrowed = async (
    who: keyof typeof id,
    roleId: string = userAdministrator,
    more: object = {},
  ): Promise<string> => {
    const requestId = await ask(who, roleId, more);
    expect((await agree('alice', requestId, { directoryScopeId: unit })).status).toBe(204);
    expect((await agree('bob', requestId)).status).toBe(204);
    return requestId;
  };
  const eligible = async (action: string, who: keyof typeof id, end: string | null = null): Promise<void> => {
    const expiration = end === null ? { type: 'noExpiration' } : { type: 'afterDateTime', endDateTime: end };
    const more = { scheduleInfo: { startDateTime: server.clock.now(), expiration } };
    const body = assignment(action, id[who], userAdministrator, more);
    const { status: code } = await server.call('ada', 'POST', eligibilityRequests, body);
    expect(code).toBe(201);
    await server.running.runtime.settled();
  };
  const held = async (who: keyof typeof id): Promise<readonly unknown[]> => {
    const filter = `?$filter=principalId eq '${id[who]}' and assignmentType eq 'Activated'`;
    const { body } = await server.call('sam', 'GET', `${assignmentInstances}${filter}`);
    return body.value!.map((one) => [one['directoryScopeId'], new Date(String(one['endDateTime'])).toISOString()]);
  };
  const status = async (requestId: string): Promise<unknown> =>
    (await server.call('sam', 'GET', `${assignmentRequests}/${requestId}`)).body['status'];
  const inMinutes = (minutes: number): string =>
    new Date(Date.parse(server.clock.now()) + minutes * 60_000).toISOString();

  it('gives the role there alone, and ends with the eligibility for the whole tenant', async () => {
    const requestId = await ask('erin');
    const before = await stepOf('alice', requestId, 1);
    for (const directoryScopeId of [
      `/administrativeUnits/${id.erin}`, // no unit
      `/${id.automation}`, // not a role for a single application
      '/subscriptions/1',
      ' ',
    ])
      expect((await agree('alice', requestId, { directoryScopeId })).status).toBe(400);
    expect((await agree('alice', requestId, { directoryScopeId: 7 })).status).toBe(400);
    expect(await stepOf('alice', requestId, 1)).toEqual(before);

    expect((await agree('alice', requestId, { directoryScopeId: unit.toUpperCase() })).status).toBe(204);
    // Whoever comes next is shown the narrower one, answers about no other, and cannot widen it.
    const next = await stepOf('bob', requestId, 2);
    expect(next['directoryScopeId']).toBe(unit);
    expect((await agree('bob', requestId, { requestDigest: before['requestDigest'] })).status).toBe(409);
    for (const directoryScopeId of ['/', otherUnit])
      expect((await agree('bob', requestId, { directoryScopeId })).status).toBe(400);
    expect((await agree('bob', requestId, { requestDigest: next['requestDigest'] })).status).toBe(204);

    expect(await held('erin')).toEqual([[unit, inMinutes(60)]]);
    const path = `${assignmentRequests}/${requestId}?$expand=targetSchedule,activatedUsing`;
    const { body } = await server.call('sam', 'GET', path);
    expect(body).toMatchObject({
      status: 'Provisioned',
      directoryScopeId: '/',
      targetSchedule: { directoryScopeId: unit },
      activatedUsing: { directoryScopeId: '/', principalId: id.erin },
    });
    const approved = 'Add member to role request approved (PIM activation)';
    const { body: trail } = await server.call(
      'sam',
      'GET',
      `auditLogs/directoryAudits?$filter=activityDisplayName eq '${approved}'`,
    );
    expect(JSON.stringify(trail.value)).toContain(`"NarrowedScope","value":"${unit}"`);

    await eligible('adminRemove', 'erin');
    expect(await held('erin')).toEqual([]);
    const ended = (await readLog(server.ports.eventStore)).findLast(({ type }) => type === 'AssignmentRemoved');
    expect(ended?.data).toMatchObject({ scheduleId: requestId, directoryScopeId: unit, reason: 'eligibility-ended' });
  });

  it('lasts no longer than that eligibility, whatever becomes of it', async () => {
    await eligible('adminAssign', 'heidi', inMinutes(40));
    await narrowed('heidi');
    expect(await held('heidi')).toEqual([[unit, inMinutes(40)]]);
    await eligible('adminUpdate', 'heidi', inMinutes(20));
    expect(await held('heidi')).toEqual([[unit, inMinutes(20)]]);
    await server.later(20);
    expect(await held('heidi')).toEqual([]);
  });

  it('is given back at the scope where it is, and refused where its holder is active already', async () => {
    const first = await narrowed('frank');
    const second = await ask('frank'); // not active in the whole tenant
    await agree('alice', second, { directoryScopeId: unit });
    await agree('bob', second);
    expect([await status(first), await status(second)]).toEqual(['Provisioned', 'Failed']);
    await server.later(6);
    const back = activation(id.frank, userAdministrator, { action: 'selfDeactivate', directoryScopeId: unit });
    expect((await server.call('frank', 'POST', assignmentRequests, back)).status).toBe(201);
    expect(await held('frank')).toEqual([]);
  });

  it('is given by an answer among many', async () => {
    const requestId = await ask('frank');
    const answers = (directoryScopeId: string) => ({
      decisions: [{ approvalId: requestId, reviewResult: 'Approve', directoryScopeId }],
    });
    const decide = (who: string, scope: string) =>
      server.call(who, 'POST', '/openpim/v1/approvals/decisions', answers(scope));
    expect((await decide('alice', unit)).body.value).toMatchObject([{ status: 204 }]);
    expect((await decide('bob', '/')).body.value).toMatchObject([{ status: 400 }]);
    expect((await decide('bob', unit)).body.value).toMatchObject([{ status: 204 }]);
    expect(await held('frank')).toMatchObject([[unit, expect.any(String)]]);
    // The account goes off, and with it what it has anywhere.
    await server.call('ada', 'PATCH', `users/${id.frank}`, { accountEnabled: false });
    expect(await held('frank')).toEqual([]);
  });

  it('does not outlive an eligibility that goes in the moment of the grant', async () => {
    await eligible('adminAssign', 'heidi', inMinutes(600));
    await server.later(6);
    const requestId = await ask('heidi');
    await agree('alice', requestId, { directoryScopeId: unit });
    const aboutToBeGranted = gate.close('AssignmentGranted');
    const agreed = agree('bob', requestId);
    await aboutToBeGranted;
    const body = assignment('adminRemove', id.heidi, userAdministrator);
    const gone = await server.call('ada', 'POST', eligibilityRequests, body);
    gate.open();
    expect(gone.body['status']).toBe('Revoked');
    await agreed;
    await server.running.runtime.settled();
    expect([await status(requestId), await held('heidi')]).toEqual(['Provisioned', []]);
  });

  it('does not outlive one that another process saw before it went', async () => {
    const roleDefinitionId = 'c4e39bd9-1100-46d3-8c65-fb160da0071f';
    const [eligibilityId, scheduleId, at] = [uuid(1), uuid(2), server.clock.now()];
    const about = { roleDefinitionId, directoryScopeId: '/', principalId: id.bob, principalType: 'user' };
    const times = { start: at, end: inMinutes(60), by: operator, at };
    const recorded = (type: string, data: object, version = 1) => ({
      id: uuid(type.length + 100),
      type,
      version,
      data: { ...about, ...times, ...data },
      metadata: { actor: operator, authentication: null, correlationId: uuid(3), causationId: uuid(3) },
    });
    const { eventStore } = server.ports;
    const gone = { scheduleId: eligibilityId, reason: 'admin-removed', requestId: null };
    const wider = [
      recorded('EligibilityGranted', { scheduleId: eligibilityId }),
      recorded('ActivationNarrowed', { scheduleId, narrowedTo: unit, eligibilityId }),
      recorded('EligibilityRemoved', gone),
    ];
    await eventStore.append(`roleSchedule-${roleDefinitionId}@/`, wider, 'no-stream');
    await server.running.runtime.settled();
    const from = { assignmentType: 'Activated', memberType: 'Direct', origin: 'request', eligibilityId };
    const inUnit = { directoryScopeId: unit, eligibleAt: { directoryScopeId: '/', principalId: id.bob } };
    const granted = recorded('AssignmentGranted', { ...from, ...inUnit, scheduleId }, 3);
    await eventStore.append(`roleSchedule-${roleDefinitionId}@${unit}`, [granted], 'no-stream');
    await server.running.runtime.settled();
    expect(await held('bob')).toEqual([[unit, inMinutes(60)]]);
    // It carries the order out to its end, or whoever comes after it does.
    const asked = { requestId: scheduleId, kind: 'assignment', action: 'selfActivate', principalId: id.bob };
    const within = { roleDefinitionId, directoryScopeId: unit, narrowedFrom: '/' };
    const hour = { startDateTime: null, durationMs: 3_600_000, endDateTime: null, targetScheduleId: null };
    const order = { ...asked, ...within, ...hour, actor: operator };
    const answer = { approvalId: scheduleId, stage: 1, justification: '', onBehalfOf: null, digest: null };
    const yes = recorded('ApprovalGranted', { ...answer, narrowedTo: unit, order }, 3);
    await eventStore.append(`approval-${scheduleId}`, [yes], 'no-stream');
    await server.running.runtime.settled();
    expect(await held('bob')).toEqual([]);
  });

  it('may start later, and is withdrawn before that', async () => {
    await eligible('adminAssign', 'grace');
    const expiration = { type: 'afterDuration', duration: 'PT1H' };
    const scheduleInfo = { startDateTime: inMinutes(60), expiration };
    const requestId = await narrowed('grace', userAdministrator, { scheduleInfo });
    expect(await status(requestId)).toBe('Granted');
    expect((await server.call('grace', 'POST', `${assignmentRequests}/${requestId}/cancel`)).status).toBe(204);
    await server.later(61);
    expect(await held('grace')).toEqual([]);
    const log = await readLog(server.ports.eventStore);
    expect(log.findLast(({ type }) => type === 'AssignmentRemoved')?.data).toMatchObject({
      scheduleId: requestId,
      directoryScopeId: unit,
      reason: 'canceled',
    });
  });

  it('through a group ends when its holder leaves that', async () => {
    const ticketInfo = { ticketNumber: '7', ticketSystem: 'Desk' };
    await narrowed('grace', helpdeskAdministrator, { ticketInfo });
    expect(await held('grace')).toMatchObject([[unit, expect.any(String)]]);
    await server.call('ada', 'DELETE', `groups/${id.helpdesk}/members/${id.grace}/$ref`);
    await server.running.runtime.settled();
    expect(await held('grace')).toEqual([]);
  });
});
