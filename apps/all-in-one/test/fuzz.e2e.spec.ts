import 'reflect-metadata';
import fc from 'fast-check';
import { expectRecorded, expectWellBehaved } from './support/fuzz-judge';
import { senderTo, type Sender } from './support/fuzz-sender';
import { hostileRequest, type HostileRequest } from './support/hostile-request';
import { activation, assignmentRequests, id, role, TestServer } from './support/server';
import { wellMeantRequest } from './support/well-meant-request';

const requests = Number(process.env['OPENPIM_FUZZ_REQUESTS'] ?? 2_000);
/** The same requests every time, unless somebody wants others: a longer run with a seed of its own finds more. */
const seed = Number(process.env['OPENPIM_FUZZ_SEED'] ?? 20_260_302);

const anyRequest = fc.oneof({ weight: 12, arbitrary: hostileRequest }, { weight: 1, arbitrary: wellMeantRequest });

/** Kinds of answers, by method, status and events, that every run of the usual length comes to. */
const reached = [
  /^GET 200$/,
  /^GET 40[0134]$/,
  /^GET 414$/,
  /^POST 201 RequestSubmitted .*Granted RequestProvisioned$/,
  /^POST 201 RequestSubmitted .*Removed RequestRevoked$/,
  /^POST 204 RequestCanceled/,
  /^POST 400 RequestRefused$/,
  /^PATCH 200 PolicyRulesChanged$/,
  /^PATCH 204 ApprovalGranted/,
  /^PATCH 204 .*PrincipalDisabled/,
  /^PATCH 400 .*PrincipalDisableRefused$/,
  /^PATCH 403 ApprovalDecisionRefused$/,
];

/**
 * Whatever comes in, the answer is no fault of ours, has a shape clients can read, comes soon, tells nothing about the
 * machine, and what is refused changes nothing. `OPENPIM_FUZZ_REQUESTS` and `OPENPIM_FUZZ_SEED` make longer and other runs.
 */
describe('hostile requests to every route', () => {
  let server: TestServer;
  let sender: Sender;
  let head = 0n;
  const kinds = new Map<string, number>();
  let slowest = { elapsed: 0, request: '' };

  beforeAll(async () => {
    server = await TestServer.start();
    sender = senderTo(server);
    await moveOn();
  });
  afterAll(() => server.stop());

  /** What kinds of events the log got since the last time, with everything that followed from them. */
  const news = async (): Promise<readonly string[]> => {
    if ((await server.ports.eventStore.head()) === head) return [];
    await server.running.runtime.settled();
    const events = await server.ports.eventStore.readAll({ after: head, limit: 1_000 });
    head = await server.ports.eventStore.head();
    return events.map(({ type }) => type);
  };

  /** After a change: time passes, so that assignments end and may be given back, and there is something to ask about. */
  const moveOn = async (): Promise<void> => {
    await server.later(7);
    await sender.refresh();
    await news();
  };

  const judge = async (request: HostileRequest): Promise<void> => {
    const answer = await sender.send(request);
    const types = await news();
    const kind = [request.method, answer.status, ...types].join(' ');
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if (answer.elapsed > slowest.elapsed) slowest = { elapsed: answer.elapsed, request: JSON.stringify(request) };
    expectWellBehaved(request, answer);
    expectRecorded(request, answer, types);
    if (answer.status < 400 && types.length > 0) await moveOn();
  };

  /** Every kind of answer, with what it left in the log, and how often it was given. */
  const told = (): string =>
    [...kinds]
      .sort()
      .map(([kind, times]) => `${times} × ${kind}`)
      .join('\n');

  it(
    `are answered well, ${requests} of them (seed ${seed})`,
    async () => {
      await fc.assert(fc.asyncProperty(anyRequest, judge), { seed, numRuns: requests });
      if (process.env['OPENPIM_FUZZ_REQUESTS'] !== undefined)
        process.stdout.write(`${told()}\nslowest: ${slowest.elapsed} ms, ${slowest.request.slice(0, 300)}\n`);
      // Without these it would have asked about nothing but locked doors.
      for (const kind of reached) expect([...kinds.keys()]).toContainEqual(expect.stringMatching(kind));
    },
    requests * 1_000,
  );

  it('leave a server behind that still does its work', async () => {
    const answer = await server.raw('GET', '/health/ready');
    expect(answer.status).toBe(200);
    expect(answer.body['parked'] ?? 0).toBe(0);
    const body = activation(id.grace, role.securityReader, { action: 'adminAssign' });
    expect((await server.call('ada', 'POST', assignmentRequests, body)).status).toBe(201);
  });
});
