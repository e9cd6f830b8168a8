import 'reflect-metadata';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Ports } from '@pim/platform';
import { Crash, type Call, type CrashPoint } from './support/crash';
import { randomFrom, samplePoints, seedOfThisRun, widestStep } from './support/random';
import {
  expectActiveAsLogged,
  expectRebuildToEqual,
  expectSoundLog,
  readLog,
  scheduleIdOf,
  typesOf,
} from './support/log';
import { activation, assignmentRequests, id, role, TestServer } from './support/server';

jest.setTimeout(180_000);

/**
 * Fault matrix row 2: the process stops at every call that leaves a trace. Snapshots and renames, which the row names
 * too, do not exist here: read models live in memory, and the log is one database file. S4 speaks of the leaves of the
 * audit chain: the trail here is a read model over the log, so it is covered by comparing it with a rebuild.
 */
describe('a process that stops at any point of an activation', () => {
  let prepared: string;
  beforeAll(async () => {
    prepared = mkdtempSync(join(tmpdir(), 'openpim-prepared-'));
    const first = await TestServer.start(undefined, prepared);
    await first.running.close();
  });
  afterAll(() => rmSync(prepared, { recursive: true, force: true }));

  const next = samplePoints(randomFrom(seedOfThisRun()));

  const points: readonly [Call, CrashPoint['when'], number][] = [
    ['append', 'before', 7],
    ['append', 'after', 7],
    ['publish', 'before', 7],
    ['publish', 'after', 7],
    ['checkpoint', 'before', 3],
    ['checkpoint', 'after', 3],
    // Read models live in memory: after a put they are gone as they are before it.
    ['put', 'before', 10],
  ];

  it.each(points)(
    'loses nothing it acknowledged and does nothing twice: every %s, %s it',
    async (call, when, atLeast) => {
      let last = 0;
      for (let nth = 1; await crashesAt({ call, when, nth }, prepared); nth = next(nth)) last = nth;
      expect(last + widestStep).toBeGreaterThan(atLeast);
    },
  );
});

/** Calls that wait for an outcome give up by themselves; the dead ones must have done so before the test run ends. */
afterAll(() => setTimeout(2_100));

/** The first start writes more than one stream, too; the demo tenant is there afterwards or becomes so. */
describe('a first start that is interrupted', () => {
  it('is completed by the next one, wherever it stopped', async () => {
    const whole = await contentAfter(await TestServer.start());
    let nth = 1;
    for (let step = 1; await stopsSettingUp(nth, whole); nth += 2 * step++);
    expect(nth).toBeGreaterThan(100);
  });
});

/** What every stream says, without ids and times of recording. */
const contentAfter = async (server: TestServer): Promise<unknown> => {
  const log = await readLog(server.ports.eventStore);
  expectSoundLog(log);
  await server.stop();
  const lines = log.map(({ stream, type, data }) => [stream, type, JSON.stringify(data)].join(' '));
  return lines.sort();
};

const stopsSettingUp = async (nth: number, whole: unknown): Promise<boolean> => {
  const folder = mkdtempSync(join(tmpdir(), 'openpim-first-start-'));
  const crash = new Crash({ call: 'append', when: 'before', nth }).arm();
  const behind: Ports[] = [];
  const started = TestServer.start(undefined, folder, (ports) => {
    behind.push(ports);
    return crash.through(ports);
  });
  const server = await Promise.race([started, crash.happened]);
  if (server) {
    await server.stop();
    return false;
  }
  await behind[0]?.eventStore.close();
  const next = await TestServer.start(undefined, folder);
  expect([nth, await contentAfter(next)]).toEqual([nth, whole]);
  return true;
};

/** What the client heard before the lights went out. */
interface Heard {
  requestId: string | null;
  isApproved: boolean;
}

/** One life up to the crash and one after it; false when the story ended before the point was reached. */
const crashesAt = async (point: CrashPoint, prepared: string): Promise<boolean> => {
  const folder = mkdtempSync(join(tmpdir(), 'openpim-crash-'));
  cpSync(prepared, folder, { recursive: true });
  const crash = new Crash(point);
  const server = await TestServer.start(undefined, folder, crash.through);
  crash.arm();
  const heard: Heard = { requestId: null, isApproved: false };
  const told = tell(server, heard).then(
    () => null,
    (error: unknown) => error,
  );
  const failure = await Promise.race([told, crash.happened]);
  if (failure) throw failure;
  if (crash.hasHappened) await server.abandon();
  const recovered = await TestServer.start(server.clock.now(), folder);
  try {
    await expectRecovered(recovered, heard);
    await goOn(recovered);
    await expectOnce(recovered);
  } catch (error) {
    throw new Error(`stopped ${point.when} ${point.call} ${point.nth}`, { cause: error });
  } finally {
    await recovered.stop();
  }
  return crash.hasHappened;
};

/** Request, approval, grant, end, and an orderly stop. */
const tell = async (server: TestServer, heard: Heard): Promise<void> => {
  heard.requestId = await ask(server);
  await approve(server, heard.requestId);
  heard.isApproved = true;
  await server.later(60);
  await server.running.close();
};

const ask = async (server: TestServer): Promise<string> => {
  const body = activation(id.erin, role.securityAdministrator);
  const answer = await server.call('erin', 'POST', assignmentRequests, body);
  expect([answer.status, answer.body['status']]).toEqual([201, 'PendingApproval']);
  return String(answer.body['id']);
};

const approve = async (server: TestServer, requestId: string): Promise<void> => {
  const step = `/beta/roleManagement/directory/roleAssignmentApprovals/${requestId}/steps/${requestId}`;
  const answer = { reviewResult: 'Approve', justification: 'Known incident' };
  expect((await server.call('alice', 'PATCH', step, answer)).status).toBe(204);
};

/** The ids of her requests that are in the log. */
const requestsIn = async (server: TestServer): Promise<readonly string[]> => {
  const log = await readLog(server.ports.eventStore);
  return log
    .filter(({ type, metadata }) => type === 'RequestSubmitted' && metadata.actor.id === id.erin)
    .map(({ data }) => (data as { readonly requestId: string }).requestId);
};

/** S1 and "nothing half done", before anybody does anything more. */
const expectRecovered = async (server: TestServer, heard: Heard): Promise<void> => {
  await server.running.runtime.settled();
  const log = await readLog(server.ports.eventStore);
  expectSoundLog(log);
  const requests = await requestsIn(server);
  expect(requests.length).toBeLessThanOrEqual(1);
  if (heard.requestId) expect(requests).toEqual([heard.requestId]);
  for (const requestId of requests) {
    const approval = typesOf(log, `approval-${requestId}`);
    if (heard.isApproved) expect(approval).toContain('ApprovalGranted');
    const { body } = await server.call('erin', 'GET', `${assignmentRequests}/${requestId}`);
    expect(approval[0]).toBe('ApprovalOpened');
    expect(body['status']).toBe(approval.includes('ApprovalGranted') ? 'Provisioned' : 'PendingApproval');
  }
  await expectActiveAsLogged(server);
  await expectRebuildToEqual(server);
};

/** What is not there or not answered is done now; then the hour passes. */
const goOn = async (server: TestServer): Promise<void> => {
  const [requestId] = await requestsIn(server);
  const pending = requestId ?? (await ask(server));
  const log = await readLog(server.ports.eventStore);
  if (!typesOf(log, `approval-${pending}`).includes('ApprovalGranted')) await approve(server, pending);
  await expectActiveAsLogged(server);
  await server.later(60);
};

/** However often it was tried, it is on record once, and over. */
const expectOnce = async (server: TestServer): Promise<void> => {
  const log = await readLog(server.ports.eventStore);
  expectSoundLog(log);
  const [requestId] = await requestsIn(server);
  expect(typesOf(log, `approval-${requestId}`)).toEqual(['ApprovalOpened', 'ApprovalGranted']);
  // That it was approved is not recorded again when the grant was heard of first.
  const request = typesOf(log, `request-${requestId}`);
  expect(request.filter((type) => type !== 'RequestApproved')).toEqual(['RequestSubmitted', 'RequestProvisioned']);
  expect(request.length).toBeLessThanOrEqual(3);
  const schedule = log.filter((event) => event.stream.startsWith('roleSchedule-') && scheduleIdOf(event) === requestId);
  expect(schedule.map(({ type }) => type)).toEqual(['AssignmentGranted', 'AssignmentExpired']);
  await expectActiveAsLogged(server);
  await expectRebuildToEqual(server);
  expect(await server.ports.bus.parked()).toEqual([]);
};
