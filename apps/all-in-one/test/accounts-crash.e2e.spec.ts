import 'reflect-metadata';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ask, expectAlwaysKept, held, switchTo, type About } from './support/accounts';
import { randomFrom, samplePoints, seedOfThisRun, widestStep } from './support/random';
import { Crash, type CrashPoint } from './support/crash';
import { expectActiveAsLogged, expectRebuildToEqual, expectSoundLog, readLog, typesOf } from './support/log';
import { id, role, TestServer } from './support/server';

describe('a process that stops in the middle of switching an account', () => {
  const next = samplePoints(randomFrom(seedOfThisRun()));
  let prepared: string;
  beforeAll(async () => {
    prepared = mkdtempSync(join(tmpdir(), 'openpim-prepared-'));
    const first = await TestServer.start(undefined, prepared);
    await ask(first, 'adminAssign', 'erin', role.globalAdministrator);
    await ask(first, 'adminAssign', 'erin', role.securityReader);
    await ask(first, 'adminAssign', 'paul', role.globalAdministrator);
    await first.running.close();
  });
  afterAll(() => rmSync(prepared, { recursive: true, force: true }));
  // Calls that wait for an outcome give up by themselves; the dead ones must have done so before the test run ends.
  afterAll(() => setTimeout(2_100));

  it.each(['before', 'after'] as const)(
    'completes it at the next start, wherever it stopped: %s an append',
    async (when) => {
      let last = 0;
      for (let nth = 1; await stopsAt({ call: 'append', when, nth }, prepared, offAndOn); nth = next(nth)) last = nth;
      // Request, two bars, off, six endings, on, two bars lifted.
      expect(last + widestStep).toBeGreaterThan(13);
    },
    120_000,
  );

  it.each(['before', 'after'] as const)(
    'leaves no bar behind when it is refused, wherever it stopped: %s an append',
    async (when) => {
      let nth = 1;
      while (await stopsAt({ call: 'append', when, nth }, prepared, refused)) nth += 1;
      expect(nth - 1).toBe(4);
    },
    120_000,
  );
});

type Story = (server: TestServer) => Promise<unknown>;

const offAndOn: Story = async (server) => {
  await switchTo(server, 'paul', 'erin', false);
  await switchTo(server, 'paul', 'erin', true);
};

const refused: Story = (server) => switchTo(server, 'ada', 'paul', false);

/** One life up to the stop, and one after it; false when the story ended before the point was reached. */
const stopsAt = async (point: CrashPoint, prepared: string, story: Story): Promise<boolean> => {
  const folder = mkdtempSync(join(tmpdir(), 'openpim-crash-'));
  cpSync(prepared, folder, { recursive: true });
  const crash = new Crash(point);
  const server = await TestServer.start(undefined, folder, crash.through);
  crash.arm();
  await Promise.race([story(server).catch(() => undefined), crash.happened]);
  await (crash.hasHappened ? server.abandon() : server.running.close());
  const next = await TestServer.start(server.clock.now(), folder);
  try {
    await next.running.runtime.settled();
    await expectSettled(next);
  } catch (error) {
    throw new Error(`stopped ${point.when} append ${point.nth}`, { cause: error });
  } finally {
    await next.stop();
  }
  return crash.hasHappened;
};

/** Off with nothing, or on and barred from nothing; and the rule was kept all the time. */
const expectSettled = async (server: TestServer): Promise<void> => {
  const log = await readLog(server.ports.eventStore);
  expectSoundLog(log);
  expectAlwaysKept(log);
  for (const user of ['erin', 'paul'] as const) {
    const last = typesOf(log, `principal-${id[user]}`).at(-1);
    const bars = log.filter(({ type, data }) => /^PrincipalBar/.test(type) && (data as About).principalId === id[user]);
    const barred = [role.globalAdministrator, role.privilegedRoleAdministrator].filter(
      (roleId) => bars.findLast(({ stream }) => stream.includes(roleId))?.type === 'PrincipalBarred',
    );
    expect(last).not.toBe('PrincipalDisableRequested');
    expect(barred).toHaveLength(last === 'PrincipalDisabled' ? 2 : 0);
    if (last === 'PrincipalDisabled' || last === 'PrincipalEnabled') expect(await held(server, user)).toEqual([]);
    else expect(await held(server, user)).not.toEqual([]);
  }
  await expectActiveAsLogged(server);
  await expectRebuildToEqual(server);
  expect(await server.ports.bus.parked()).toEqual([]);
};
