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

describe('a trace', () => {
  const folder = mkdtempSync(join(tmpdir(), 'openpim-traces-'));
  let collector: Collector;
  let server: ServerProcess;
  let issuer: DevIssuer;
  beforeAll(async () => {
    collector = await Collector.start();
    const port = await freePort();
    server = await ServerProcess.spawn(folder, port, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }).ready();
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

  it('follows an activation from the client through every step; what was collected is sent before the end', async () => {
    expect((await post(assignmentRequests, traceparent, activation(id.erin, role.userAdministrator))).status).toBe(201);
    const batch = { requests: [{ id: '1', method: 'GET', url: '/me' }] };
    expect((await post('$batch', 'broken', batch)).status).toBe(200);
    expect(await server.kill('SIGTERM')).toMatchObject({ code: 0, stderr: '' });

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
    expect(new Set(collector.spans.map((span) => span.traceId)).size).toBe(2);
    expect(JSON.stringify(collector.spans)).not.toMatch(/eyJ|Reset a locked account/);
  });
});
