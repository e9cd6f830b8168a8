import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedPorts, manualClock } from '@pim/adapters/embedded';
import { readBuiltInRoles } from '../src/demo-tenant';
import { uuid } from './support/commands';
import { Crash } from './support/crash';
import { expectRebuildToEqual, expectSoundLog, readLog } from './support/log';
import { assignmentInstances, TestServer } from './support/server';

const full = 100_000;
const count = Number(process.env['OPENPIM_EXPIRIES'] ?? 3_000);

if (count < full)
  console.warn(`${count} activations end in one minute here; set OPENPIM_EXPIRIES=${full} to let ${full} end.`);

const theMinute = Date.parse('2026-03-02T09:00:00.000Z');
const at = (ms: number): string => new Date(theMinute + ms).toISOString();

/** Spread over the minute, many at the same instant, in no order. */
const endOf = (n: number): string => at((n * 7_919) % 60_000);

/** Fault matrix row 26. */
describe(`${count} activations that end in one minute, and a crash in the middle of it`, () => {
  it('all expire, none early, none twice', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'openpim-expiries-'));
    await (await TestServer.start(undefined, folder)).running.close();
    await seed(folder);
    // 32 expiries of one role at most share an append, so this is somewhere in the first half of the minute.
    const crash = new Crash({ call: 'append', when: 'after', nth: Math.ceil(count / 128) });
    const expiries = new Expiries();
    const first = await TestServer.start(at(-30 * 60_000), folder, crash.through);
    await first.at(at(-1));
    await expiries.expectAsOf(-1, first);
    crash.arm();
    first.clock.set(at(30_000));
    await crash.happened;
    await first.abandon();

    const started = Date.now();
    const second = await TestServer.start(at(30_000), folder);
    try {
      await expiries.expectAsOf(30_000, second);
      for (const ms of [30_001, 45_000, 59_998]) {
        second.clock.set(at(ms));
        // Nobody is answered active after the end, however much of it is recorded.
        expect(await active(second)).toBe(ends.filter((end) => end > at(ms)).length);
        await second.running.runtime.settled();
        await expiries.expectAsOf(ms, second);
      }
      await second.at(at(60_000));
      await expiries.expectAsOf(60_000, second);
      console.log(`${count} activations: ${Date.now() - started} ms from the restart to all recorded and checked`);
      expectSoundLog(await readLog(second.ports.eventStore));
      await expectRebuildToEqual(second);
    } finally {
      await second.stop();
    }
  }, 600_000);
});

const ends = Array.from({ length: count }, (_, n) => endOf(n));
const roles = readBuiltInRoles()
  .map(({ templateId }) => templateId)
  .slice(0, 4);

/** Straight into the log, as if they had been asked for, granted and published an hour before. */
const seed = async (folder: string): Promise<void> => {
  const ports = await embeddedPorts(folder, manualClock(at(-3_600_000)));
  for (const [r, roleDefinitionId] of roles.entries()) {
    const mine = ends.map((end, n) => ({ end, n })).filter(({ n }) => n % roles.length === r);
    for (let from = 0; from < mine.length; from += 1_000) {
      const events = mine.slice(from, from + 1_000).map(({ end, n }) => granted(roleDefinitionId, n, end));
      await ports.eventStore.append(`roleSchedule-${roleDefinitionId}@/`, events, from === 0 ? 'no-stream' : from - 1);
    }
  }
  await ports.checkpoints.save('assignments.relay', await ports.eventStore.head());
  await ports.eventStore.close();
};

const granted = (roleDefinitionId: string, n: number, end: string) => {
  const actor = { id: uuid(n), kind: 'user' as const };
  const start = at(-3_600_000);
  return {
    id: `20000000-0000-5000-8000-${n.toString(16).padStart(12, '0')}`,
    type: 'AssignmentGranted',
    version: 1,
    data: {
      ...{ roleDefinitionId, directoryScopeId: '/', principalId: uuid(n), principalType: 'user', scheduleId: uuid(n) },
      ...{ assignmentType: 'Activated', memberType: 'Direct', eligibilityId: uuid(count + n) },
      ...{ start, end, by: actor, at: start },
    },
    metadata: { actor, authentication: null, correlationId: uuid(n), causationId: `seed:${n}` },
  };
};

const active = async (server: TestServer): Promise<unknown> => {
  const path = `${assignmentInstances}?$count=true&$top=1&$filter=assignmentType eq 'Activated'`;
  return (await server.call('sam', 'GET', path)).body['@odata.count'];
};

/** What the log says of expiries, read on from where it was left. */
class Expiries {
  private readonly found: string[] = [];
  private position: bigint | 'start' = 'start';

  /** Exactly those whose end has come by then, each once and at its end; the others are still held. */
  async expectAsOf(ms: number, server: TestServer): Promise<void> {
    const log = await readLog(server.ports.eventStore, this.position);
    this.position = log.at(-1)?.position ?? this.position;
    for (const { type, data } of log)
      if (type === 'AssignmentExpired') this.found.push(line(data as { scheduleId: string; at: string }));
    const due = ends.flatMap((end, n) => (end <= at(ms) ? [line({ scheduleId: uuid(n), at: end })] : []));
    expect(this.found.length).toBe(due.length);
    expect(this.found.sort().join() === due.sort().join()).toBe(true);
    expect(await active(server)).toBe(count - due.length);
  }
}

const line = ({ scheduleId, at: instant }: { scheduleId: string; at: string }): string => `${scheduleId} ${instant}`;
