import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DevIssuer } from '@pim/adapters/dev-issuer';
import { demoIssuer } from '../src/demo-issuer';
import { Collector } from './support/collector';
import { freePort, ServerProcess } from './support/process';
import { activation, assignmentRequests, id, role } from './support/server';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;

describe('a process with a log for machines, a port for metrics and a collector', () => {
  const folder = mkdtempSync(join(tmpdir(), 'openpim-traces-'));
  let collector: Collector;
  let server: ServerProcess;
  let issuer: DevIssuer;
  let admin: string;
  beforeAll(async () => {
    collector = await Collector.start();
    const [port, metricsPort] = [await freePort(), await freePort()];
    admin = `http://127.0.0.1:${metricsPort}`;
    const settings = {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OPENPIM_METRICS_PORT: String(metricsPort),
      OPENPIM_LOG_FORMAT: 'json',
    };
    server = await ServerProcess.spawn(folder, port, settings).ready();
    issuer = await demoIssuer(folder, server.url);
  }, 60_000);
  afterAll(async () => {
    await server.kill('SIGKILL');
    collector.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const post = async (path: string, trace: string, body: object): Promise<Response> => {
    const token = await issuer.mintToken({ user: 'erin', mfa: true, now: new Date().toISOString() });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', traceparent: trace };
    return fetch(`${server.url}/v1.0/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  };

  it('tells on that port, and nowhere else, how it does', async () => {
    const metrics = await fetch(`${admin}/metrics`);
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await metrics.text()).toMatch(/^nodejs_eventloop_lag_seconds\{service="openpim"\} /m);
    const ask = async (path: string): Promise<unknown> => (await fetch(`${admin}${path}`)).json();
    expect(await ask('/health/live')).toEqual({ status: 'live' });
    expect(await ask('/health/startup')).toEqual({ status: 'started' });
    expect(await ask('/health/ready')).toEqual({ status: 'ready', parked: 0 });
    const statuses = [
      fetch(`${server.url}/metrics`),
      fetch(`${admin}/v1.0/users`),
      fetch(`${admin}/constructor`),
      fetch(`${admin}/metrics`, { method: 'POST' }),
    ];
    expect((await Promise.all(statuses)).map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  });

  it('traces an activation from the client through every step, and sends what it collected before it ends', async () => {
    expect((await post(assignmentRequests, traceparent, activation(id.erin, role.userAdministrator))).status).toBe(201);
    const batch = { requests: [{ id: '1', method: 'GET', url: '/me' }] };
    expect((await post('$batch', 'broken', batch)).status).toBe(200);
    const ended = await server.kill('SIGTERM');
    expect(ended).toMatchObject({ code: 0, stderr: '' });

    const lines = ended.stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]?.['msg']).toMatch(/^OpenPIM is ready at /);
    const answered = {
      route: `/v1.0/${assignmentRequests}`,
      status: 201,
      caller: id.erin,
      traceId,
      service: 'openpim',
    };
    expect(lines).toContainEqual(expect.objectContaining(answered));

    const spans = collector.of(traceId);
    const steps = [
      `POST /v1.0/${assignmentRequests}`,
      'decide SubmitRequest',
      'append',
      'publish RequestSubmitted',
      'handle pim.assignments.carry-out-submitted',
      'publish AssignmentGranted',
      'handle pim.requests.follow-schedule',
      'project RequestProvisioned',
    ];
    expect(spans.map(({ name }) => name)).toEqual(expect.arrayContaining(steps));
    const known = new Set(['00f067aa0ba902b7', ...spans.map(({ spanId }) => spanId)]);
    expect(spans.filter(({ parentSpanId }) => !known.has(parentSpanId))).toEqual([]);
    expect(new Set(spans.map(({ attributes }) => attributes['openpim.correlation_id'] ?? null)).size).toBe(2);

    // The requests of a batch are part of its trace, and what cannot be read is the same as none.
    const named = (name: string) => collector.spans.find((span) => span.name === name);
    expect(named('GET /v1.0/me')?.parentSpanId).toBe(named('POST /v1.0/$batch')?.spanId);
    // Nobody began a trace for the set-up, nor for the probes.
    const begun = collector.spans.filter(({ parentSpanId }) => parentSpanId === '').map(({ name }) => name);
    expect(begun.toSorted()).toEqual(['GET none', 'POST /v1.0/$batch']);
    expect(JSON.stringify(collector.spans)).not.toMatch(/eyJ|Reset a locked account/);
  });
});
