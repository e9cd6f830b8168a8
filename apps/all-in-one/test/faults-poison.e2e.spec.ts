import 'reflect-metadata';
import { expectActiveAsLogged, expectRebuildToEqual, expectSoundLog, readLog, typesOf } from './support/log';
import { Poison, type Spoil } from './support/poison';
import { quietErrors } from './support/quiet';
import {
  activation,
  assignment,
  assignmentInstances,
  assignmentRequests,
  id,
  role,
  TestServer,
  type Answer,
} from './support/server';

jest.setTimeout(120_000);

const group = 'pim.assignments.carry-out-submitted';

/** Erin's comes from a release still to be written, Frank's makes the handler throw a TypeError. */
const spoil: Spoil = (event) => {
  if (event.metadata.actor.id === id.erin) return { ...event, version: 99 };
  return event.metadata.actor.id === id.frank ? { ...event, data: { ...event.data, order: null } } : event;
};

/**
 * Fault matrix row 17. Bad JSON, 20 MB and `__proto__` keys do not get as far as a consumer here: the bus hands on what
 * the store holds, which is canonical JSON of at most 1 MB an append, and HTTP bodies are checked before (bad-input).
 * What is parked is told by one line of the log, and counted in GET /health/ready and in the metrics.
 */
describe('an event that a consumer cannot handle', () => {
  let errors: ReturnType<typeof quietErrors>;
  let server: TestServer;
  let poison: Poison;
  beforeEach(async () => {
    errors = quietErrors();
    poison = new Poison(group, spoil);
    server = await TestServer.start(undefined, undefined, poison.through);
  });
  afterEach(async () => {
    errors.restore();
    await server.stop();
  });

  const activate = (who: 'erin' | 'frank' | 'grace', roleId: string, more: object = {}): Promise<Answer> =>
    server.call(who, 'POST', assignmentRequests, activation(id[who], roleId, more));

  const poisoned = async (): Promise<readonly string[]> => {
    const answers = await Promise.all([
      activate('erin', role.userAdministrator),
      activate('frank', role.userAdministrator),
    ]);
    // Accepted and on record, and how it goes on is not known yet.
    expect(answers.map(({ status, body }) => [status, body['status']])).toEqual([
      [201, 'PendingProvisioning'],
      [201, 'PendingProvisioning'],
    ]);
    await server.running.runtime.settled();
    return answers.map(({ body }) => String(body['id']));
  };

  const expectCarriedOut = async (requestIds: readonly string[]): Promise<void> => {
    await server.running.runtime.settled();
    const log = await readLog(server.ports.eventStore);
    expectSoundLog(log);
    for (const requestId of requestIds)
      expect(typesOf(log, `request-${requestId}`)).toEqual(['RequestSubmitted', 'RequestProvisioned']);
    expect(await health()).toEqual([200, { status: 'ready', parked: 0 }]);
    const { body } = await server.call('sam', 'GET', `${assignmentInstances}?$filter=assignmentType eq 'Activated'`);
    expect(body.value?.map((instance) => instance['roleAssignmentScheduleId']).sort()).toEqual([...requestIds].sort());
    await expectActiveAsLogged(server);
    await expectRebuildToEqual(server);
  };

  const health = async (): Promise<unknown> => {
    const { status, body } = await server.raw('GET', '/health/ready');
    return [status, body];
  };

  it('is set aside with its reason, one line about it is written, and the others go on', async () => {
    const requestIds = await poisoned();
    const parked = await server.ports.bus.parked();
    expect(parked.map((one) => [one.group, one.event.stream]).sort()).toEqual(
      requestIds.map((requestId) => [group, `request-${requestId}`]).sort(),
    );
    expect(parked.map(({ reason }) => reason).sort()).toEqual([
      expect.stringMatching(/^Cannot .* null/),
      expect.stringContaining('RequestSubmitted v99'),
    ]);
    expect(errors.lines.filter((line) => line.startsWith(`ERROR ${group} set aside RequestSubmitted`))).toHaveLength(2);
    expect(errors.lines.join('')).not.toContain('\n');
    expect(await health()).toEqual([200, { status: 'ready', parked: 2 }]);
    const ticketInfo = { ticketNumber: 'CHG-1', ticketSystem: 'ServiceNow' };
    const other = await activate('grace', role.helpdeskAdministrator, { ticketInfo });
    expect([other.status, other.body['status']]).toEqual([201, 'Provisioned']);
    await expectActiveAsLogged(server);
    await expectRebuildToEqual(server);
  });

  it('is carried out when it is replayed after the fix, and not before', async () => {
    const requestIds = await poisoned();
    expect(await server.ports.bus.replay(group)).toBe(0);
    expect(await health()).toEqual([200, { status: 'ready', parked: 2 }]);
    poison.isFixed = true;
    expect(await server.ports.bus.replay(group)).toBe(2);
    await expectCarriedOut(requestIds);
    expect(await server.ports.bus.replay(group)).toBe(0);
    await expectCarriedOut(requestIds);
  });

  it('is given again to the release that comes with a restart, and to the next one when that did not help', async () => {
    const requestIds = await poisoned();
    const removal = assignment('adminRemove', id.sam, role.securityReader);
    await server.later(6);
    expect((await server.call('paul', 'POST', assignmentRequests, removal)).body['status']).toBe('Revoked');
    const still = new Poison(group, spoil);
    server = await server.restart(undefined, still.through);
    expect(await health()).toEqual([200, { status: 'ready', parked: 2 }]);
    server = await server.restart();
    await server.call('paul', 'POST', assignmentRequests, assignment('adminAssign', id.sam, role.securityReader));
    await expectCarriedOut(requestIds);
  });
});

describe('an event in the log that this release does not know', () => {
  it('stops every answer that would be old, says why, and starts nothing new', async () => {
    const errors = quietErrors();
    const server = await TestServer.start();
    try {
      const { eventStore } = server.ports;
      const [known] = (await readLog(eventStore)).filter(({ type }) => type === 'RequestSubmitted');
      if (!known) throw new Error('the demo tenant is set up by requests');
      await eventStore.append('request-from-the-future', [{ ...known, id: id.ada, version: 99 }], 'no-stream');
      const head = await eventStore.head();
      expect((await server.call('sam', 'GET', assignmentInstances)).status).toBe(503);
      const wish = activation(id.erin, role.userAdministrator);
      expect((await server.call('erin', 'POST', assignmentRequests, wish)).status).toBe(503);
      expect(await eventStore.head()).toBe(head);
      expect((await server.raw('GET', '/health/ready')).status).toBe(503);
      expect((await server.raw('GET', '/health/live')).status).toBe(200);
      expect(errors.lines.join('\n')).toContain('request-from-the-future holds RequestSubmitted v99 at revision 0');
    } finally {
      errors.restore();
      await server.stop();
    }
  });
});
