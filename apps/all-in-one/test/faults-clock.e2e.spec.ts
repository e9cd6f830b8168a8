import 'reflect-metadata';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { demoIssuer } from '../src/demo-issuer';
import { expectActiveAsLogged, expectRebuildToEqual, readLog, typesOf } from './support/log';
import { freePort, ServerProcess } from './support/process';
import {
  activation,
  assignment,
  assignmentInstances,
  assignmentRequests,
  id,
  role,
  TestServer,
} from './support/server';

jest.setTimeout(120_000);

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * Fault matrix row 23: the clock is wrong, or is set while it runs. Ends are absolute instants, so a clock that is
 * behind may answer "not yet" but never "still"; there is no skew budget and no drift alarm in this build.
 */
describe('a clock that is set', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await TestServer.start();
    // Before its set-up nobody is an administrator or a reader, and everything is denied: stay a day clear of it.
    await server.at('2026-03-03T08:00:00.000Z');
  });
  afterEach(() => server.stop());

  const shift = (ms: number): Promise<void> => server.at(new Date(Date.parse(server.clock.now()) + ms).toISOString());

  const activate = async (who: 'erin' | 'frank'): Promise<string> => {
    const { status, body } = await server.call(
      who,
      'POST',
      assignmentRequests,
      activation(id[who], role.userAdministrator),
    );
    expect([status, body['status']]).toEqual([201, 'Provisioned']);
    return String(body['id']);
  };

  const holders = async (): Promise<readonly unknown[]> => {
    const { body } = await server.call('sam', 'GET', `${assignmentInstances}?$filter=assignmentType eq 'Activated'`);
    await expectActiveAsLogged(server);
    return (body.value ?? []).map((instance) => instance['principalId']).sort();
  };

  const endings = async (): Promise<readonly unknown[]> => {
    const log = await readLog(server.ports.eventStore);
    const ends = log.filter(({ type }) => type === 'AssignmentExpired');
    return ends.map(({ data }) => data as { principalId: string; at: string }).map((end) => [end.principalId, end.at]);
  };

  it('two hours ahead ends what has ended by it, on record at the agreed end', async () => {
    await activate('erin');
    await shift(2 * hourMs);
    expect(await holders()).toEqual([]);
    expect(await endings()).toEqual([[id.erin, '2026-03-03T09:00:00.000Z']]);
  });

  it('back again, does not bring back what is recorded as expired, not even after a restart', async () => {
    await activate('erin');
    await shift(2 * hourMs);
    await shift(-2 * hourMs);
    expect(server.clock.now()).toBe('2026-03-03T08:00:00.000Z');
    expect(await holders()).toEqual([]);
    server = await server.restart();
    expect(await holders()).toEqual([]);
    await shift(30 * minuteMs);
    expect(await holders()).toEqual([]);
    await shift(2 * hourMs);
    expect(await endings()).toEqual([[id.erin, '2026-03-03T09:00:00.000Z']]);
    await expectRebuildToEqual(server);
  });

  it('two hours back grants nothing early and ends nothing late', async () => {
    await activate('erin');
    await shift(-2 * hourMs);
    expect(await holders()).toEqual([]);
    server = await server.restart();
    expect(await holders()).toEqual([]);
    await server.at('2026-03-03T07:59:59.999Z');
    expect(await holders()).toEqual([]);
    await server.at('2026-03-03T08:59:59.999Z');
    expect(await holders()).toEqual([id.erin]);
    expect(await endings()).toEqual([]);
    await server.at('2026-03-03T09:00:00.000Z');
    expect(await holders()).toEqual([]);
    expect(await endings()).toEqual([[id.erin, '2026-03-03T09:00:00.000Z']]);
  });

  it('stepping to and fro around an end records it once and opens no second window', async () => {
    await activate('erin');
    await server.at('2026-03-03T08:59:59.999Z');
    for (const ms of [1, -1, 2, -10 * minuteMs, 10 * minuteMs - 1, -5, 3 * hourMs, -4 * hourMs, 4 * hourMs]) {
      await shift(ms);
      expect(await holders()).toEqual([]);
    }
    expect(await endings()).toEqual([[id.erin, '2026-03-03T09:00:00.000Z']]);
  });

  it('there and back before anybody noticed loses no ending', async () => {
    await activate('erin');
    server.clock.set('2026-03-03T10:00:00.000Z');
    await shift(-2 * hourMs);
    expect([await holders(), await endings()]).toEqual([[id.erin], []]);
    await server.at('2026-03-03T09:00:00.000Z');
    expect([await holders(), await endings()]).toEqual([[], [[id.erin, '2026-03-03T09:00:00.000Z']]]);
  });

  it('a step during the run leaves everybody the end that was agreed with them', async () => {
    await activate('erin');
    await shift(-2 * hourMs);
    const request = await activate('frank');
    expect(await holders()).toEqual([id.frank]);
    await server.at('2026-03-03T06:59:59.999Z');
    expect(await holders()).toEqual([id.frank]);
    await server.at('2026-03-03T07:00:00.000Z');
    expect(await holders()).toEqual([]);
    await server.at('2026-03-03T08:30:00.000Z');
    expect(await holders()).toEqual([id.erin]);
    await server.at('2026-03-03T09:00:00.000Z');
    expect(await endings()).toEqual([
      [id.frank, '2026-03-03T07:00:00.000Z'],
      [id.erin, '2026-03-03T09:00:00.000Z'],
    ]);
    expect(typesOf(await readLog(server.ports.eventStore), `request-${request}`)).toHaveLength(2);
  });

  it('a start to come does not come early, and not twice', async () => {
    const scheduleInfo = {
      startDateTime: '2026-03-03T10:00:00Z',
      expiration: { type: 'afterDuration', duration: 'PT1H' },
    };
    const wish = activation(id.erin, role.userAdministrator, { scheduleInfo });
    expect((await server.call('erin', 'POST', assignmentRequests, wish)).body['status']).toBe('Granted');
    await server.at('2026-03-03T10:00:00.000Z');
    expect(await holders()).toEqual([id.erin]);
    await server.at('2026-03-03T09:00:00.000Z');
    expect(await holders()).toEqual([]);
    server = await server.restart();
    await server.at('2026-03-03T10:30:00.000Z');
    expect(await holders()).toEqual([id.erin]);
    const log = await readLog(server.ports.eventStore);
    expect(log.filter(({ type }) => type === 'AssignmentStarted')).toHaveLength(1);
  });
});

/** All instants are UTC and a duration is a number of milliseconds: neither leap days nor summer time change one. */
describe('long durations', () => {
  it.each([
    ['over a leap day', '2028-02-28T12:00:00.000Z', 'P30D', '2028-03-29T12:00:00.000Z'],
    ['from a leap day, for a year of days', '2028-02-29T00:00:00.000Z', 'P365D', '2029-02-28T00:00:00.000Z'],
    ['over the start of summer time in Europe', '2026-03-28T12:00:00.000Z', 'P30D', '2026-04-27T12:00:00.000Z'],
    ['over its end in America', '2026-10-31T23:59:59.999Z', 'P60D', '2026-12-30T23:59:59.999Z'],
    ['over a timer that would overflow', '2026-01-01T00:00:00.000Z', 'P180D', '2026-06-30T00:00:00.000Z'],
  ])('%s are exact to the millisecond', async (_, start, duration, end) => {
    const server = await TestServer.start(start);
    try {
      const scheduleInfo = { expiration: { type: 'afterDuration', duration } };
      const wish = assignment('adminAssign', id.frank, role.securityReader, { scheduleInfo });
      expect((await server.call('paul', 'POST', assignmentRequests, wish)).body['status']).toBe('Provisioned');
      const held = async (): Promise<unknown> => {
        const path = `${assignmentInstances}?$filter=principalId eq '${id.frank}'`;
        return (await server.call('sam', 'GET', path)).body.value?.map((instance) => instance['endDateTime']);
      };
      await server.at(new Date(Date.parse(end) - 1).toISOString());
      expect(await held()).toEqual([end.replace('.000Z', 'Z')]);
      await server.at(end);
      expect(await held()).toEqual([]);
    } finally {
      await server.stop();
    }
  });
});

const libfaketime = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib/faketime/libfaketimeMT.so.1',
].find((file) => existsSync(file));

if (!libfaketime)
  console.warn("SKIPPED: the process under a wrong clock. Install Debian's package faketime to run it.");

/** A process whose clock is as far from the machine's as a file says, in a zone with summer time. */
const startUnder = async (clockFile: string, folder: string) => {
  const server = await ServerProcess.spawn(folder, await freePort(), {
    LD_PRELOAD: libfaketime ?? '',
    FAKETIME_TIMESTAMP_FILE: clockFile,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    TZ: 'America/New_York',
  }).ready();
  const issuer = await demoIssuer(folder, server.url);
  const call = async (user: string, path: string, now: string, body?: object) => {
    const token = await issuer.mintToken({ user, mfa: true, now });
    const headers = { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) };
    const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers };
    const response = await fetch(`${server.url}/v1.0/${path}`, init);
    return (await response.json()) as { status?: string; value?: object[] };
  };
  return { server, call };
};

const expired =
  "auditLogs/directoryAudits?$filter=activityDisplayName eq 'Remove member from role (PIM activation expired)'";

(libfaketime ? describe : describe.skip)('a process whose machine clock is set', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'openpim-clock-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('ends an activation by that clock, and does not bring it back when the clock is set back', async () => {
    const clockFile = join(folder, 'clock');
    let offset = 0;
    const set = (hours: number): void => {
      offset = hours;
      writeFileSync(clockFile, `${hours < 0 ? '' : '+'}${hours}h`);
    };
    const now = (): string => new Date(Date.now() + offset * hourMs).toISOString();
    set(-24);
    const { server, call } = await startUnder(clockFile, folder);
    const count = async (path: string) => (await call('sam', path, now())).value?.length;
    const held = () => count(`${assignmentInstances}?$filter=assignmentType eq 'Activated'`);
    try {
      set(0);
      const wish = activation(id.erin, role.userAdministrator);
      expect((await call('erin', assignmentRequests, now(), wish)).status).toBe('Provisioned');
      expect(await held()).toBe(1);
      set(2);
      expect(await held()).toBe(0);
      while ((await count(expired)) !== 1) await setTimeout(50);
      for (const hours of [0, -2]) {
        set(hours);
        expect(await held()).toBe(0);
      }
    } finally {
      await server.kill('SIGTERM');
    }
  });
});
