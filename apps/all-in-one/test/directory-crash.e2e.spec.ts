import 'reflect-metadata';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expectAlwaysKept, held } from './support/accounts';
import { Crash } from './support/crash';
import { expectActiveAsLogged, expectRebuildToEqual, expectSoundLog, readLog, typesOf } from './support/log';
import { activation, assignmentRequests, id, role, TestServer } from './support/server';

const isRecorded = (log: Awaited<ReturnType<typeof readLog>>, principalId: string, type: string): boolean =>
  typesOf(log, `principal-${principalId}`).includes(type);

/** Whoever is on record as gone, or as having left, has nothing of it any more, and is nowhere. */
const expectSettled = async (server: TestServer): Promise<void> => {
  const log = await readLog(server.ports.eventStore);
  expectSoundLog(log);
  expectAlwaysKept(log);
  if (isRecorded(log, id.helpdesk, 'GroupMemberRemoved')) expect(await held(server, 'grace')).toEqual([]);
  if (isRecorded(log, id.helpdesk, 'PrincipalDeleted')) {
    expect(await held(server, 'heidi')).toEqual([]);
    expect(await held(server, 'helpdesk')).toEqual([]);
  }
  if (isRecorded(log, id.alice, 'PrincipalDeleted')) {
    expect(await held(server, 'alice')).toEqual([]);
    const { body } = await server.call('ada', 'GET', `groups/${approvers}?$expand=members`);
    expect(JSON.stringify(body['members'])).not.toContain(id.alice);
  }
  await expectActiveAsLogged(server);
  await expectRebuildToEqual(server);
  expect(await server.ports.bus.parked()).toEqual([]);
};

const approvers = 'b0000000-0000-4000-8000-000000000001';

/** Somebody leaves, the group goes with what the other one activated, and a person goes who is in another group. */
const story = async (server: TestServer): Promise<void> => {
  await server.call('ada', 'DELETE', `groups/${id.helpdesk}/members/${id.grace}/$ref`);
  await server.call('ada', 'DELETE', `groups/${id.helpdesk}`);
  await server.call('ada', 'DELETE', `users/${id.alice}`);
};

describe('a process that stops in the middle of a departure or a deletion', () => {
  let prepared: string;
  beforeAll(async () => {
    prepared = mkdtempSync(join(tmpdir(), 'openpim-prepared-'));
    const first = await TestServer.start(undefined, prepared);
    for (const user of ['grace', 'heidi'] as const)
      await first.call(user, 'POST', assignmentRequests, {
        ...activation(id[user], role.helpdeskAdministrator),
        ticketInfo: { ticketNumber: '42', ticketSystem: 'Desk' },
      });
    await first.running.close();
  });
  afterAll(() => rmSync(prepared, { recursive: true, force: true }));
  // Calls that wait for an outcome give up by themselves; the dead ones must have done so before the test run ends.
  afterAll(() => setTimeout(2_100));

  /** One life up to the stop, and one after it; false when the story ended before the point was reached. */
  const stopsAt = async (nth: number): Promise<boolean> => {
    const folder = mkdtempSync(join(tmpdir(), 'openpim-crash-'));
    cpSync(prepared, folder, { recursive: true });
    const crash = new Crash({ call: 'append', when: 'after', nth });
    const server = await TestServer.start(undefined, folder, crash.through);
    crash.arm();
    await Promise.race([story(server).catch(() => undefined), crash.happened]);
    await (crash.hasHappened ? server.abandon() : server.running.close());
    const next = await TestServer.start(server.clock.now(), folder);
    try {
      await next.running.runtime.settled();
      await expectSettled(next);
    } catch (error) {
      throw new Error(`stopped after append ${nth}`, { cause: error });
    } finally {
      await next.stop();
    }
    return crash.hasHappened;
  };

  it('completes it at the next start, wherever it stopped', async () => {
    let nth = 1;
    while (await stopsAt(nth)) nth += 1;
    // Left, ended; group deleted, eligibility and activation ended; disable, two bars, off, deleted, out of the group.
    expect(nth - 1).toBeGreaterThanOrEqual(10);
  }, 120_000);
});
