import 'reflect-metadata';
import { readLog } from './support/log';
import { activation, assignmentRequests, id, role, TestServer, type Answer } from './support/server';

const approvals = '/beta/roleManagement/directory/roleAssignmentApprovals';
const policy = `DirectoryRole_e0000000-0000-4000-8000-000000000001_${role.securityAdministrator}`;
const rulePath = `policies/roleManagementPolicies/${policy}/rules/Approval_EndUser_Assignment`;
const delegations = '/openpim/v1/approvalDelegations';

const user = (userId: string) => ({ '@odata.type': '#microsoft.graph.singleUser', userId });
const group = (groupId: string) => ({ '@odata.type': '#microsoft.graph.groupMembers', groupId });
const manager = { '@odata.type': '#microsoft.graph.requestorManager', managerLevel: 1 };
const approversGroup = 'b0000000-0000-4000-8000-000000000001';

interface Step {
  readonly id: string;
  readonly status: string;
  readonly reviewResult: string;
  readonly assignedToMe: boolean;
  readonly requestDigest: string | null;
  readonly answers: readonly {
    readonly reviewedBy: { readonly displayName: string };
    readonly onBehalfOf: { readonly displayName: string } | null;
  }[];
}

/** Whether an event is about the schedule of a request. */
const isOf = (data: unknown, requestId: string): boolean =>
  (data as { readonly scheduleId?: unknown }).scheduleId === requestId;

/** What approvals can beyond Microsoft's, over HTTP. */
describe('approvals', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await TestServer.start();
  });
  afterEach(() => server.stop());

  const setting = (...approvalStages: object[]): Promise<Answer> => settingBy('paul', ...approvalStages);
  const settingBy = (who: string, ...approvalStages: object[]): Promise<Answer> =>
    server.call(who, 'PATCH', rulePath, {
      '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyApprovalRule',
      setting: {
        isApprovalRequired: true,
        approvalMode: approvalStages.length > 1 ? 'Serial' : 'SingleStage',
        approvalStages,
      },
    });
  const ask = async (who: 'erin' | 'frank' = 'erin'): Promise<string> => {
    const body = activation(id[who], role.securityAdministrator);
    const asked = await server.call(who, 'POST', assignmentRequests, body);
    expect(asked.body['status']).toBe('PendingApproval');
    return String(asked.body['id']);
  };
  const steps = async (who: string, approvalId: string): Promise<readonly Step[]> => {
    const { body } = await server.call(who, 'GET', `${approvals}/${approvalId}/steps`);
    return (body.value ?? []) as unknown as readonly Step[];
  };
  const decide = (who: string, approvalId: string, more: Record<string, unknown> = {}): Promise<Answer> => {
    const { stepId = approvalId, ...rest } = more;
    const body = { reviewResult: 'Approve', justification: 'Yes', ...rest };
    return server.call(who, 'PATCH', `${approvals}/${approvalId}/steps/${String(stepId)}`, body);
  };
  const handOver = (who: string, delegateId: string): Promise<Answer> => {
    const body = { delegateId, endDateTime: '2026-03-09T08:00:00Z', justification: 'On leave' };
    return server.call(who, 'POST', delegations, body);
  };
  /** What somebody is answered who reads the request by its id, and which they find as an approver. */
  const readable = async (who: string, requestId: string): Promise<readonly [number, readonly unknown[]]> => {
    const { status: code } = await server.call(who, 'GET', `${assignmentRequests}/${requestId}`);
    const list = await server.call(who, 'GET', `${assignmentRequests}/filterByCurrentUser(on='approver')`);
    return [code, (list.body.value ?? []).map((one) => one['id'])];
  };
  const status = async (requestId: string): Promise<unknown> =>
    (await server.call('sam', 'GET', `${assignmentRequests}/${requestId}`)).body['status'];
  const queue = async (who: string): Promise<readonly unknown[]> => {
    const { status: code, body } = await server.call(who, 'GET', `${approvals}/filterByCurrentUser(on='approver')`);
    expect(code).toBe(200);
    return (body.value ?? []).map((one) => one['id']);
  };
  const events = async (approvalId: string): Promise<readonly string[]> =>
    (await readLog(server.ports.eventStore))
      .filter(({ stream }) => stream === `approval-${approvalId}`)
      .map(({ type }) => type);

  it('go through stages, each with its approvers, and grant after the last', async () => {
    expect((await setting({ primaryApprovers: [user(id.alice)] }, { primaryApprovers: [user(id.bob)] })).status).toBe(
      204,
    );
    const approvalId = await ask();
    const [first, second] = await steps('alice', approvalId);
    expect([first?.id, first?.status, second?.status]).toEqual([approvalId, 'InProgress', 'Initializing']);
    expect([await queue('alice'), await queue('bob')]).toEqual([[approvalId], []]);
    expect((await decide('bob', approvalId)).status).toBe(403);
    expect((await decide('alice', approvalId)).status).toBe(204);
    expect(await status(approvalId)).toBe('PendingApproval');
    expect([await queue('alice'), await queue('bob')]).toEqual([[], [approvalId]]);
    expect((await decide('alice', approvalId)).status).toBe(204); // the same answer again
    expect((await decide('bob', approvalId)).status).toBe(409); // the first stage is over
    expect((await decide('bob', approvalId, { stepId: second!.id })).status).toBe(204);
    expect(await status(approvalId)).toBe('Provisioned');
    const seen = await steps('sam', approvalId);
    expect(seen.map(({ reviewResult, answers }) => [reviewResult, answers[0]?.reviewedBy.displayName])).toEqual([
      ['Approved', 'Alice Keller'],
      ['Approved', 'Bob Novak'],
    ]);
  });

  it('ask as many as the stage needs, and one no ends it', async () => {
    await setting({ primaryApprovers: [group(approversGroup)], requiredApprovals: 2 });
    const agreed = await ask('erin');
    expect((await decide('alice', agreed)).status).toBe(204);
    expect(await status(agreed)).toBe('PendingApproval');
    expect((await decide('bob', agreed)).status).toBe(204);
    expect(await status(agreed)).toBe('Provisioned');
    const denied = await ask('frank');
    await decide('alice', denied);
    expect((await decide('bob', denied, { reviewResult: 'Deny' })).status).toBe(204);
    expect(await status(denied)).toBe('Denied');
  });

  it('escalate when nobody decides, remind meanwhile, and lapse by their own window', async () => {
    await setting({
      primaryApprovers: [user(id.alice)],
      approvalStageTimeOutInDays: 2,
      isEscalationEnabled: true,
      escalationTimeInMinutes: 120,
      escalationApprovers: [user(id.bob)],
      reminderTimeInMinutes: 60,
    });
    const approvalId = await ask('erin');
    expect((await decide('bob', approvalId)).status).toBe(403);
    await server.later(121);
    expect(await queue('bob')).toEqual([approvalId]);
    expect(await events(approvalId)).toEqual(
      expect.arrayContaining(['ApprovalOpened', 'ApproversReminded', 'ApprovalEscalated']),
    );
    expect((await decide('bob', approvalId)).status).toBe(204);
    const lapsing = await ask('frank');
    await server.later(47 * 60);
    expect(await status(lapsing)).toBe('PendingApproval');
    await server.later(61);
    expect(await status(lapsing)).toBe('Canceled');
  });

  it('bind the answer to what was shown: the order, the terms and the role settings', async () => {
    const approvalId = await ask();
    const [step] = await steps('alice', approvalId);
    const requestDigest = step!.requestDigest;
    // Loosened while it waits: the request stays as it was asked, and whoever saw the older settings is told.
    await server.call('paul', 'PATCH', rulePath, {
      '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyApprovalRule',
      setting: { isApprovalRequired: false },
    });
    expect(await status(approvalId)).toBe('PendingApproval');
    const late = await decide('alice', approvalId, { requestDigest });
    expect([late.status, late.body.error?.message]).toEqual([409, expect.stringContaining('changed since you read')]);
    const [again] = await steps('alice', approvalId);
    expect((await decide('alice', approvalId, { requestDigest: again!.requestDigest })).status).toBe(204);
    const [granted] = (await readLog(server.ports.eventStore)).filter(({ type }) => type === 'ApprovalGranted');
    expect(granted?.data).toMatchObject({ digest: again!.requestDigest });
  });

  it('let the approver shorten what is granted, not lengthen it', async () => {
    const approvalId = await ask();
    expect((await decide('alice', approvalId, { maximumDuration: 'PT9H' })).status).toBe(400);
    expect((await decide('alice', approvalId, { maximumDuration: 'soon' })).status).toBe(400);
    expect((await decide('alice', approvalId, { maximumDuration: 'PT30M' })).status).toBe(204);
    const instances = `roleManagement/directory/roleAssignmentScheduleInstances?$filter=principalId eq '${id.erin}'`;
    const { body } = await server.call('sam', 'GET', instances);
    const [held] = body.value ?? [];
    const ms = Date.parse(String(held?.['endDateTime'])) - Date.parse(String(held?.['startDateTime']));
    expect(ms).toBe(30 * 60_000);
  });

  it('are given by whoever an absent approver named, on record with both, and never for oneself', async () => {
    await setting({ primaryApprovers: [user(id.alice)] });
    const given = await handOver('alice', id.heidi);
    expect([given.status, given.body['delegatorId'], given.body['delegateId']]).toEqual([201, id.alice, id.heidi]);
    expect((await handOver('alice', id.alice)).status).toBe(400);
    const approvalId = await ask('erin');
    expect(await queue('heidi')).toEqual([approvalId]);
    expect(await readable('heidi', approvalId)).toEqual([200, [approvalId]]);
    expect((await decide('heidi', approvalId)).status).toBe(204);
    const [step] = await steps('sam', approvalId);
    expect(step?.answers[0]).toMatchObject({
      reviewedBy: { displayName: 'Heidi Lang' },
      onBehalfOf: { displayName: 'Alice Keller' },
    });
    // To the one who asks: not even then.
    await handOver('alice', id.frank);
    expect((await decide('frank', await ask('frank'))).status).toBe(403);
    expect((await server.call('heidi', 'DELETE', `${delegations}/${String(given.body['id'])}`)).status).toBe(403);
    expect((await server.call('alice', 'DELETE', `${delegations}/${String(given.body['id'])}`)).status).toBe(204);
    expect(await queue('heidi')).toEqual([]);
    expect(await readable('heidi', approvalId)).toEqual([403, []]);
  });

  it('show the request to whoever stands in for a default approver, and for nobody else', async () => {
    await handOver('ada', id.heidi);
    await handOver('frank', id.heidi);
    const named = await ask('erin');
    expect(await readable('heidi', named)).toEqual([403, []]);
    await setting({ primaryApprovers: [] });
    const byDefault = await ask('frank');
    expect(await readable('heidi', byDefault)).toEqual([200, [byDefault]]);
    await server.call('ada', 'DELETE', `groups/${approversGroup}`);
    await server.running.runtime.settled();
    expect(await queue('heidi')).toEqual(expect.arrayContaining([named, byDefault]));
    expect((await readable('heidi', named))[0]).toBe(200);
    await server.at('2026-03-09T08:00:00.000Z');
    expect(await readable('heidi', byDefault)).toEqual([403, []]);
  });

  it('fall back to the default approvers when those who are named are gone, and say so', async () => {
    await setting({ primaryApprovers: [user(id.alice)] });
    const approvalId = await ask();
    expect([await queue('ada'), (await decide('ada', approvalId)).status]).toEqual([[], 403]);
    await server.call('ada', 'PATCH', `users/${id.alice}`, { accountEnabled: false });
    await server.running.runtime.settled();
    expect(await events(approvalId)).toContain('ApprovalFellBack');
    expect(await queue('ada')).toEqual([approvalId]);
    expect((await decide('ada', approvalId)).status).toBe(204);
    expect(await status(approvalId)).toBe('Provisioned');
  });

  it('fall back when the group of approvers is emptied or deleted', async () => {
    await setting({ primaryApprovers: [group(approversGroup)] });
    const approvalId = await ask('erin');
    expect((await server.call('ada', 'DELETE', `groups/${approversGroup}`)).status).toBe(204);
    await server.running.runtime.settled();
    expect(await queue('ada')).toEqual([approvalId]);
    expect((await decide('ada', approvalId)).status).toBe(204);
    // Gone before it was asked for: the same.
    const later = await ask('frank');
    await server.running.runtime.settled();
    expect(await events(later)).toContain('ApprovalFellBack');
    expect((await decide('ada', later)).status).toBe(204);
  });

  it('fall back when a membership that PIM for Groups gave ends, and its holder decides no more', async () => {
    const body = { displayName: 'On call', mailNickname: 'on-call', mailEnabled: false, securityEnabled: true };
    const groupId = String((await server.call('ada', 'POST', 'groups', body)).body['id']);
    const membership = async (action: string, more: object = {}) => {
      const path = 'identityGovernance/privilegedAccess/group/assignmentScheduleRequests';
      const asked = { action, accessId: 'member', groupId, principalId: id.grace, justification: 'On call', ...more };
      return (await server.call('paul', 'POST', path, asked)).body;
    };
    const anHour = { scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT1H' } } };
    await setting({ primaryApprovers: [group(groupId)] });
    const runOut = () => server.later(61);
    const takeOut = async () => {
      await server.later(6);
      expect(await membership('adminRemove')).toMatchObject({ status: 'Revoked' });
    };
    const endings = [
      ['erin', runOut],
      ['frank', takeOut],
    ] as const;
    for (const [who, end] of endings) {
      expect(await membership('adminAssign', anHour)).toMatchObject({ status: 'Provisioned' });
      const approvalId = await ask(who);
      expect([await queue('grace'), await queue('ada')]).toEqual([[approvalId], []]);
      await end();
      await server.running.runtime.settled();
      expect((await decide('grace', approvalId)).status).toBe(403);
      expect([await queue('grace'), await queue('ada')]).toEqual([[], [approvalId]]);
      expect((await decide('ada', approvalId)).status).toBe(204);
    }
  });

  it('do not let the author of the settings decide what was asked for under them', async () => {
    await setting({ primaryApprovers: [user(id.paul), user(id.alice)] });
    const approvalId = await ask();
    const answer = await decide('paul', approvalId);
    expect([answer.status, answer.body.error?.message]).toEqual([403, expect.stringContaining('role settings')]);
    expect(await queue('alice')).toEqual([approvalId]);
    expect((await decide('alice', approvalId)).status).toBe(204);
  });

  it('that somebody may not decide leave the others in their queue', async () => {
    await settingBy('ada', { primaryApprovers: [user(id.alice)] });
    const theirs = await ask('erin');
    await settingBy('paul', { primaryApprovers: [user(id.paul)] });
    const underPauls = await ask('frank');
    for (const [who, delegateId] of [
      ['alice', id.paul],
      ['alice', id.heidi],
      ['paul', id.heidi],
    ] as const)
      await handOver(who, delegateId);
    for (const who of ['alice', 'paul', 'heidi']) expect(await queue(who)).toEqual([theirs]);
    expect((await decide('heidi', underPauls)).status).toBe(403);
    expect(await queue('ada')).toEqual([underPauls]); // nobody else is left to decide it
    // Where a read model shows too much, the log leaves out what it must and no more.
    const stored = 'approvals.approvals.v2';
    const { documents } = server.ports;
    const [document] = await documents.find<object>(stored, { filter: { id: underPauls } });
    const shown = { ...document, policyAuthorIds: [], approverIds: [id.alice] };
    await documents.put(stored, underPauls, { document: shown, seen: {}, position: 1_000_000n });
    expect(await queue('alice')).toEqual([theirs]);
  });

  it('do not count whoever came into a group of approvers by way of one that others may change', async () => {
    await setting({ primaryApprovers: [group(approversGroup)] });
    const made = await server.call('paul', 'POST', 'groups', {
      displayName: 'Friends',
      mailEnabled: false,
      mailNickname: 'friends',
      securityEnabled: true,
      'members@odata.bind': [`https://graph.microsoft.com/v1.0/users/${id.heidi}`],
    });
    const place = (action: string, principalId: unknown) => ({
      accessId: 'member',
      groupId: approversGroup,
      principalId,
      action,
      justification: 'Standing in',
      scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT4H' } },
    });
    const pim = 'identityGovernance/privilegedAccess/group';
    const eligible = place('adminAssign', made.body['id']);
    expect((await server.call('paul', 'POST', `${pim}/eligibilityScheduleRequests`, eligible)).status).toBe(201);
    const activated = place('selfActivate', id.heidi);
    const active = await server.call('heidi', 'POST', `${pim}/assignmentScheduleRequests`, activated);
    expect(active.body['status']).toBe('Provisioned');
    const approvalId = await ask();
    expect((await decide('heidi', approvalId)).status).toBe(403);
    expect((await decide('alice', approvalId)).status).toBe(204);
  });

  it('are asked of the manager of whoever asks', async () => {
    await server.call('ada', 'PUT', `users/${id.erin}/manager/$ref`, {
      '@odata.id': `https://graph.microsoft.com/v1.0/users/${id.grace}`,
    });
    expect((await setting({ primaryApprovers: [manager] })).status).toBe(204);
    const approvalId = await ask('erin');
    expect(await queue('grace')).toEqual([approvalId]);
    expect((await decide('grace', approvalId)).status).toBe(204);
    // Who has none goes to the default approvers.
    const other = await ask('frank');
    expect(await queue('ada')).toEqual([other]);
  });

  it('are decided many at a time, each with its own result', async () => {
    const [one, two] = [await ask('erin'), await ask('frank')];
    const unknown = 'a0000000-0000-4000-8000-00000000dead';
    const { status: code, body } = await server.call('alice', 'POST', '/openpim/v1/approvals/decisions', {
      decisions: [
        { approvalId: one, reviewResult: 'Approve', justification: 'Yes' },
        { approvalId: unknown, reviewResult: 'Approve', justification: 'Yes' },
        { approvalId: two, reviewResult: 'Deny', justification: '' },
      ],
    });
    expect(code).toBe(200);
    expect(body.value?.map(({ status: result }) => result)).toEqual([204, 404, 400]);
    expect([await status(one), await status(two)]).toEqual(['Provisioned', 'PendingApproval']);
  });

  it('have one winner of two who race, 200 times, and the other is told', async () => {
    await setting({ primaryApprovers: [group(approversGroup)] });
    for (let round = 0; round < 200; round += 1) {
      const approvalId = await ask(round % 2 === 0 ? 'erin' : 'frank');
      // Both ways of answering race with each other, and nothing is granted that would have to end first.
      const results = round % 3 === 0 ? ['Deny', 'Deny'] : ['Deny', 'Approve'];
      const answers = await Promise.all(
        ['alice', 'bob'].map((who, index) => decide(who, approvalId, { reviewResult: results[index] })),
      );
      expect(answers.map(({ status: code }) => code).sort()).toEqual([204, 409]);
      if ((await status(approvalId)) === 'Provisioned') await server.later(61);
    }
  }, 60_000);

  describe('what went wrong for others does not here', () => {
    it('the end of one grant leaves an overlapping one alone (iam-identity-center-team#279)', async () => {
      const everywhere = await ask('erin');
      expect((await decide('alice', everywhere)).status).toBe(204);
      const standing = { principalId: id.erin, roleDefinitionId: role.securityAdministrator, directoryScopeId: '/' };
      const { body: assigned } = await server.call('ada', 'POST', 'roleManagement/directory/roleAssignments', standing);
      await server.later(61);
      const instances = `roleManagement/directory/roleAssignmentScheduleInstances?$filter=principalId eq '${id.erin}'`;
      const { body } = await server.call('sam', 'GET', instances);
      expect(body.value?.map((one) => one['assignmentType'])).toEqual(['Assigned']);
      expect(assigned['id']).toBeDefined();
    });

    it('nobody approves what was denied (teleport#5622)', async () => {
      const approvalId = await ask();
      expect((await decide('alice', approvalId, { reviewResult: 'Deny' })).status).toBe(204);
      expect((await decide('bob', approvalId)).status).toBe(409);
      expect((await decide('alice', approvalId)).status).toBe(409);
      expect(await status(approvalId)).toBe('Denied');
    });

    it('to approve twice grants once (terraform-aws-sso-elevator#47)', async () => {
      const approvalId = await ask();
      const answers = await Promise.all([decide('alice', approvalId), decide('alice', approvalId)]);
      expect(answers.map(({ status: code }) => code)).toEqual([204, 204]);
      const log = await readLog(server.ports.eventStore);
      expect(log.filter(({ type }) => type === 'ApprovalGranted' || type === 'AssignmentGranted').length).toBe(
        2 + log.filter(({ type, data }) => type === 'AssignmentGranted' && !isOf(data, approvalId)).length,
      );
    });

    it('a request that was withdrawn cannot be approved', async () => {
      const approvalId = await ask();
      expect((await server.call('erin', 'POST', `${assignmentRequests}/${approvalId}/cancel`)).status).toBe(204);
      await server.running.runtime.settled();
      const late = await decide('alice', approvalId);
      expect([late.status, late.body.error?.message]).toEqual([400, expect.stringContaining('withdrawn')]);
      expect(await status(approvalId)).toBe('Canceled');
    });
  });
});
