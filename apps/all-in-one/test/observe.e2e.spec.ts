import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quietErrors } from './support/quiet';
import { activation, assignmentRequests, id, role, TestServer } from './support/server';

const root = join(__dirname, '../../..');
const scimToken = '5ecret-of-the-scim-client-with-40-letters';

describe('what a server tells about itself', () => {
  let lines: ReturnType<typeof quietErrors>;
  let server: TestServer;
  beforeAll(async () => {
    lines = quietErrors();
    server = await TestServer.start(undefined, undefined, undefined, {
      log: { format: 'text', level: 'trace' },
      scim: { token: scimToken, isForPrivileged: false },
    });
  });
  afterAll(async () => {
    await server.stop();
    lines.restore();
  });

  const metrics = async (): Promise<string> => (await fetch(`${server.url}/metrics`)).text();

  /** The value of the one sample with this name and these labels. */
  const sample = (text: string, name: string, labels: Record<string, string> = {}): number => {
    const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    const found = text
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`) && wanted.every((one) => line.includes(one)));
    expect([name, labels, found]).toEqual([name, labels, [expect.any(String)]]);
    return Number(found[0]?.split(' ').at(-1));
  };

  it('is a line for each request: its route, its end, its caller, and the id that its events carry', async () => {
    const body = activation(id.erin, role.userAdministrator);
    const { headers } = await server.call('erin', 'POST', `${assignmentRequests}?secret=query`, body);
    const requestId = headers.get('request-id') ?? '';
    const line = lines.lines.find((one) => one.includes('request answered') && one.includes(requestId));
    expect(line).toMatch(
      new RegExp(
        `^INFO request answered correlationId=${requestId} method=POST route=/v1.0/${assignmentRequests} ` +
          `status=201 ms=[\\d.]+ caller=${id.erin}$`,
      ),
    );
    const recorded = lines.lines.filter((one) => one.includes('command carried out') && one.includes(requestId));
    expect(recorded.join('\n')).toMatch(/RequestSubmitted[^]*AssignmentGranted[^]*RequestProvisioned/);
  });

  it('holds no token, and nothing of a query, at any level', async () => {
    const token = await server.token('sam');
    const ended = await server.token('sam', { expiresIn: -60 });
    const scim = { headers: { authorization: `Bearer ${scimToken}` } };
    for (const one of [token, ended, `${token.slice(0, -4)}AAAA`, 'no.token.atall'])
      await server.call(one, 'GET', `users?access_token=${one}&$search="hunter2"`);
    await server.raw('GET', '/scim/v2/Users?filter=userName eq "hunter2"', scim);
    await server.raw('POST', '/scim/v2/Users', { ...scim, body: '{"password":"hunter2"' });
    const inner = { id: '1', method: 'GET', url: '/me', headers: { authorization: `Bearer ${ended}` } };
    await server.call(token, 'POST', '$batch', { requests: [inner] });
    const all = lines.lines.join('\n');
    expect(all.match(/request answered/g)?.length).toBeGreaterThan(6);
    for (const secret of [...token.split('.'), ...ended.split('.'), 'eyJ', scimToken, 'hunter2', 'Bearer'])
      expect(all).not.toContain(secret);
  });

  it('is counted: requests by route, how they end, how late ends are recorded, and that nothing waits', async () => {
    await server.later(61);
    const text = await metrics();
    const route = `/v1.0/${assignmentRequests}`;
    const http = 'openpim_http_request_duration_seconds_count';
    expect(sample(text, http, { method: 'POST', route, status: '201' })).toBe(1);
    expect(text).not.toContain('hunter2');
    const provisioned = { kind: 'assignment', status: 'Provisioned' };
    expect(sample(text, 'openpim_request_outcomes_total', provisioned)).toBe(1);
    expect(sample(text, 'openpim_expiry_lateness_seconds_count', { deadline: 'expire-schedule' })).toBe(1);
    // The clock was moved a minute beyond the end of the hour.
    expect(sample(text, 'openpim_expiry_lateness_seconds_sum', { deadline: 'expire-schedule' })).toBe(60);
    expect(sample(text, 'openpim_projection_lag_events')).toBe(0);
    expect(sample(text, 'openpim_lease_held', { lease: 'assignments.work' })).toBe(1);
    for (const context of ['requests', 'approvals', 'assignments', 'alerting'])
      expect(sample(text, 'openpim_relay_lag_events', { context })).toBe(0);
    const group = 'pim.assignments.carry-out-submitted';
    expect(sample(text, 'openpim_parked_messages', { group })).toBe(0);
    expect(sample(text, 'openpim_consumer_up', { group })).toBe(1);
  });

  it.each(['docs/observability.md', 'deploy/prometheus-rules.yml'])('has every metric that %s names', async (file) => {
    const named = new Set(readFileSync(join(root, file), 'utf8').match(/\bopenpim_[a-z_]+[a-z]/g));
    expect(named.size).toBeGreaterThan(8);
    const known = (await metrics()).match(/^# TYPE \S+/gm)?.map((line) => line.replace('# TYPE ', '')) ?? [];
    const unknown = [...named].filter((name) => !known.includes(name.replace(/_(bucket|sum|count)$/, '')));
    expect(unknown).toEqual([]);
    if (file.startsWith('docs'))
      expect(known.filter((name) => name.startsWith('openpim_') && !named.has(name))).toEqual([]);
  });
});
