import 'reflect-metadata';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Crash } from './support/crash';
import { expectActiveAsLogged, expectRebuildToEqual, expectSoundLog, readLog, typesOf } from './support/log';
import { randomFrom, samplePoints, seedOfThisRun, widestStep } from './support/random';
import {
  activation,
  assignment,
  assignmentInstances,
  assignmentRequests,
  eligibilityRequests,
  id,
  role,
  TestServer,
} from './support/server';

const { userAdministrator } = role;

/** Two guards are written for it, and the eligibility in the one may go while the other is not. */
describe('a process that stops in the middle of a narrowed activation, or of the end of its eligibility', () => {
  let prepared: string;
  let requestId: string;
  let unit: string;
  beforeAll(async () => {
    prepared = mkdtempSync(join(tmpdir(), 'openpim-prepared-'));
    const first = await TestServer.start(undefined, prepared);
    const { body: created } = await first.call('ada', 'POST', 'administrativeUnits', { displayName: 'Vienna' });
    unit = `/administrativeUnits/${String(created['id'])}`;
    const policy = `DirectoryRole_e0000000-0000-4000-8000-000000000001_${userAdministrator}`;
    await first.call('paul', 'PATCH', `policies/roleManagementPolicies/${policy}/rules/Approval_EndUser_Assignment`, {
      '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyApprovalRule',
      setting: {
        isApprovalRequired: true,
        approvalMode: 'SingleStage',
        approvalStages: [{ primaryApprovers: [], isApproverJustificationRequired: false }],
      },
    });
    const asked = await first.call('erin', 'POST', assignmentRequests, activation(id.erin, userAdministrator));
    requestId = String(asked.body['id']);
    await first.later(6); // the eligibility is not too fresh to be removed
    await first.running.close();
  });
  afterAll(() => rmSync(prepared, { recursive: true, force: true }));
  // Calls that wait for an outcome give up by themselves; the dead ones must have done so before the test run ends.
  afterAll(() => setTimeout(2_100));

  const approve = async (server: TestServer): Promise<void> => {
    const step = `/beta/roleManagement/directory/roleAssignmentApprovals/${requestId}/steps/${requestId}`;
    const { status } = await server.call('ada', 'PATCH', step, { reviewResult: 'Approve', directoryScopeId: unit });
    expect(status).toBe(204);
  };
  const remove = async (server: TestServer): Promise<void> => {
    const body = assignment('adminRemove', id.erin, userAdministrator);
    await server.call('paul', 'POST', eligibilityRequests, body);
    await server.running.runtime.settled();
  };
  const held = async (server: TestServer): Promise<readonly unknown[]> => {
    const path = `${assignmentInstances}?$filter=principalId eq '${id.erin}'`;
    return (await server.call('sam', 'GET', path)).body.value!.map((one) => one['directoryScopeId']);
  };
  const expectSettled = async (server: TestServer): Promise<void> => {
    await server.running.runtime.settled();
    const log = await readLog(server.ports.eventStore);
    expectSoundLog(log);
    expect(typesOf(log, `approval-${requestId}`)).toEqual(['ApprovalOpened', 'ApprovalGranted']);
    const isEligible = !typesOf(log, `roleSchedule-${userAdministrator}@/`).includes('EligibilityRemoved');
    expect(await held(server)).toEqual(isEligible ? [unit] : []);
    const { body } = await server.call('sam', 'GET', `${assignmentRequests}/${requestId}`);
    expect(body['status']).toBe('Provisioned');
    await expectActiveAsLogged(server);
    await expectRebuildToEqual(server);
    expect(await server.ports.bus.parked()).toEqual([]);
  };
  /** One life up to the stop, and one after it; false when the story ended before the point was reached. */
  const stopsAfter = async (nth: number): Promise<boolean> => {
    const folder = mkdtempSync(join(tmpdir(), 'openpim-crash-'));
    cpSync(prepared, folder, { recursive: true });
    const crash = new Crash({ call: 'append', when: 'after', nth });
    const server = await TestServer.start('2026-03-02T08:06:00.000Z', folder, crash.through);
    crash.arm();
    const story = approve(server).then(() => remove(server));
    await Promise.race([story, crash.happened]);
    await (crash.hasHappened ? server.abandon() : server.running.close());
    const next = await TestServer.start(server.clock.now(), folder);
    try {
      await expectSettled(next);
      await remove(next);
      expect(await held(next)).toEqual([]);
    } catch (error) {
      throw new Error(`stopped after append ${nth}`, { cause: error });
    } finally {
      await next.stop();
    }
    return crash.hasHappened;
  };

  it('leaves the role exactly as long as there is the eligibility, wherever it stopped', async () => {
    const next = samplePoints(randomFrom(seedOfThisRun()));
    let last = 0;
    for (let nth = 1; await stopsAfter(nth); nth = next(nth)) last = nth;
    // The yes, both guards, the request; the removal, both guards, its request.
    expect(last + widestStep).toBeGreaterThan(7);
  }, 60_000);
});
