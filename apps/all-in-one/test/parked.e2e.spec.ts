import 'reflect-metadata';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Poison } from './support/poison';
import { quietErrors } from './support/quiet';
import { activation, assignmentRequests, id, role, TestServer } from './support/server';

const group = 'pim.assignments.carry-out-submitted';
const parkedMessages = '/openpim/v1/parkedMessages';
const people = ['erin', 'frank'] as const;

/** What is set aside, in the hands of whoever looks after the service. */
describe('parked messages', () => {
  let errors: ReturnType<typeof quietErrors>;
  let poison: Poison;
  let server: TestServer;
  let requestIds: readonly string[];
  beforeAll(async () => {
    errors = quietErrors();
    poison = new Poison(group, (event) => (event.metadata.actor.kind === 'user' ? { ...event, version: 99 } : event));
    server = await TestServer.start(undefined, undefined, poison.through);
    const asked = await Promise.all(
      people.map((who) => server.call(who, 'POST', assignmentRequests, activation(id[who], role.userAdministrator))),
    );
    await server.running.runtime.settled();
    requestIds = asked.map(({ body }) => String(body['id']));
  });
  afterAll(async () => {
    errors.restore();
    await server.stop();
  });

  const listed = async (): Promise<readonly Record<string, unknown>[]> => {
    const { status, body } = await server.call('sam', 'GET', parkedMessages);
    expect(status).toBe(200);
    return body.value ?? [];
  };

  const pim = async (who: string, ...args: string[]): Promise<string> => {
    const env = { ...process.env, OPENPIM_URL: server.url, OPENPIM_TOKEN: await server.token(who) };
    const run = promisify(execFile)(process.execPath, [join(__dirname, '../../../tools/pim.mjs'), ...args], { env });
    return run
      .then(({ stdout }) => stdout)
      .catch((failed: { stdout: string; stderr: string }) => {
        return `${failed.stdout}${failed.stderr}`;
      });
  };

  const records = async (): Promise<readonly Record<string, unknown>[]> => {
    const path = `auditLogs/directoryAudits?$filter=activityDisplayName eq 'Replay parked messages'`;
    return (await server.call('sam', 'GET', path)).body.value ?? [];
  };

  it('are listed with their reason, for those who may read', async () => {
    expect(await listed()).toHaveLength(2);
    expect(await listed()).toContainEqual({
      group,
      eventId: expect.any(String) as string,
      type: 'RequestSubmitted',
      stream: `request-${requestIds[0]}`,
      revision: 0,
      reason: expect.stringContaining('RequestSubmitted v99 at revision 0, which this build does not know') as string,
      since: '2026-03-02T08:00:00.000Z',
      tries: 6,
    });
    expect(await pim('sam', 'parked')).toContain(
      `RequestSubmitted, request-${requestIds[1]} revision 0\n  since 2026-03`,
    );
    expect((await server.call('erin', 'GET', parkedMessages)).status).toBe(403);
  });

  it.each([
    ['sam', `${group}/replay`, 403],
    ['paul', 'pim.assignments.nobody/replay', 404],
    ['paul', `${group}/${id.ada}/replay`, 404],
    ['paul', 'pim.requests.follow-schedule/replay', 200],
  ])('are left alone, and nothing is recorded, when %s asks for %s', async (who, path, status) => {
    expect((await server.call(who, 'POST', `${parkedMessages}/${path}`)).status).toBe(status);
    expect(await listed()).toHaveLength(2);
    expect(await records()).toEqual([]);
  });

  it('stay when the cause is still there; who asked is on record', async () => {
    expect((await server.call('paul', 'POST', `${parkedMessages}/${group}/replay`)).body).toEqual({
      replayed: 0,
      remaining: 2,
    });
    expect((await listed()).map(({ tries }) => tries)).toEqual([7, 7]);
    expect(await records()).toMatchObject([
      {
        initiatedBy: { user: { id: id.paul } },
        loggedByService: 'OpenPIM',
        additionalDetails: expect.arrayContaining([
          { key: 'ConsumerGroup', value: group },
          { key: 'Count', value: '2' },
        ]) as unknown,
      },
    ]);
  });

  it('are carried out once it is gone, one by its id and then the rest, by command', async () => {
    poison.isFixed = true;
    const [first] = await listed();
    expect(await pim('paul', 'replay')).toContain('Say what to replay');
    expect(await pim('sam', 'replay', '--all')).toContain(`${group}: 403 Insufficient privileges`);
    expect(await pim('paul', 'replay', '--event', String(first?.['eventId']))).toBe(
      `${group}: 1 replayed, 0 still aside\n`,
    );
    expect(await listed()).toHaveLength(1);
    expect(await pim('paul', 'replay', '--all')).toBe(`${group}: 1 replayed, 0 still aside\n`);
    expect(await pim('paul', 'replay', '--all')).toBe('Nothing of that is set aside.\n');
    expect(await pim('paul', 'parked')).toBe('Nothing is set aside.\n');
    await server.running.runtime.settled();
    for (const requestId of requestIds) {
      const { body } = await server.call('sam', 'GET', `${assignmentRequests}/${requestId}`);
      expect(body['status']).toBe('Provisioned');
    }
    expect(await records()).toHaveLength(3);
  });
});
