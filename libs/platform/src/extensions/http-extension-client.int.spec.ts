import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExtensionReply } from './extension-client';
import type { ExtensionSettings } from './extension-settings';
import { HttpExtensionClient } from './http-extension-client';

const keys = [Buffer.alloc(32, 1), Buffer.alloc(24, 2)];
const now = '2026-03-02T08:00:00.000Z';
const clock = { now: () => now };
const approval = JSON.stringify({ evaluationOutcome: 'Approved', reason: 'INC-1 is open' });

interface Seen {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

type Behaviour = (response: ServerResponse, times: number) => void;

const sends =
  (status: number, body: string, headers: Record<string, string> = {}): Behaviour =>
  (response) =>
    response.writeHead(status, headers).end(body);

/** An endless answer: nobody waits for its end. */
const floods: Behaviour = (response) => {
  const chunk = Buffer.alloc(16 * 1_024, 'x');
  const pour = (): void => void (response.write(chunk) ? setImmediate(pour) : response.once('drain', pour));
  response.writeHead(200);
  pour();
};

const behaviours: Readonly<Record<string, Behaviour>> = {
  '/approves': sends(200, approval),
  '/lists': sends(200, JSON.stringify({ evaluationOutcome: 'denied', reason: ['Not', 'now\n\u0007', 3], more: 1 })),
  '/skips': sends(200, JSON.stringify({ evaluationOutcome: 'AUTOAPPROVED', reason: 'x'.repeat(2_000) })),
  '/comes-round': (response, times) => sends(times < 3 ? 503 : 200, approval)(response, times),
  '/moves': sends(302, '', { location: '/approves' }),
  '/garbles': sends(200, '{"evaluationOutcome":'),
  '/shrugs': sends(200, '{"evaluationOutcome":"Perhaps"}'),
  '/inherits': sends(200, '{"evaluationOutcome":"constructor"}'),
  '/says-nothing': sends(200, 'null'),
  '/fails': sends(500, approval),
  '/accepts': sends(202, approval),
  '/floods': floods,
  '/hangs': () => undefined,
  '/stalls': (response) => void response.writeHead(200).write('{'),
  '/dies': (response) => void response.destroy(),
};

describe('asking an endpoint', () => {
  const seen = new Map<string, Seen[]>();
  let server: Server;
  let origin: string;
  let settings: ExtensionSettings;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const url = request.url ?? '';
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const before = seen.get(url) ?? [];
        seen.set(url, [...before, { headers: request.headers, body: Buffer.concat(chunks).toString() }]);
        behaviours[url]?.(response, before.length + 1);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    origin = `http://127.0.0.1:${port}`;
    settings = { hosts: [`127.0.0.1:${port}`, 'tickets.contoso.example'], keys, allowsLocalHttp: true };
  });
  afterAll(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });

  const ask = (path: string, client = new HttpExtensionClient(settings, clock)): Promise<ExtensionReply> =>
    client.ask({ id: 'r1', endpoint: `${origin}${path}`, timeoutSeconds: 1, body: { requestId: 'r1', reason: 'é' } });

  it('signs each question with every key, as Standard Webhooks says', async () => {
    expect(await ask('/approves')).toEqual({ answer: 'approved', reason: 'INC-1 is open' });
    const [question] = seen.get('/approves') ?? [];
    expect(question?.body).toBe('{"requestId":"r1","reason":"é"}');
    const seconds = String(Date.parse(now) / 1_000);
    const signed = (key: Buffer) =>
      `v1,${createHmac('sha256', key).update(`r1.${seconds}.${question?.body}`).digest('base64')}`;
    expect(question?.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': 'r1',
      'webhook-timestamp': seconds,
      'webhook-signature': keys.map(signed).join(' '),
    });
  });

  it('takes an answer in any case, its reasons as one line of at most 1,024 characters', async () => {
    expect(await ask('/lists')).toEqual({ answer: 'denied', reason: 'Not; now' });
    expect(await ask('/skips')).toEqual({ answer: 'autoApproved', reason: 'x'.repeat(1_024) });
  });

  it('asks again under the same id when that is the only thing that helps', async () => {
    expect(await ask('/comes-round')).toEqual({ answer: 'approved', reason: 'INC-1 is open' });
    expect(seen.get('/comes-round')?.map(({ headers }) => headers['webhook-id'])).toEqual(['r1', 'r1', 'r1']);
  });

  it('counts everything else as unanswered after three tries, says why, and follows nobody elsewhere', async () => {
    const reasons: Readonly<Record<string, string>> = {
      '/moves': 'status 302',
      '/garbles': 'without an evaluationOutcome',
      '/shrugs': 'without an evaluationOutcome',
      '/inherits': 'without an evaluationOutcome',
      '/says-nothing': 'without an evaluationOutcome',
      '/fails': 'status 500',
      '/accepts': 'status 202',
      '/floods': 'more than 64 KB',
      '/hangs': 'did not answer within 1 s',
      '/stalls': 'did not answer within 1 s',
      '/dies': 'could not be reached',
    };
    const before = seen.get('/approves')?.length;
    const paths = Object.keys(reasons);
    const replies = await Promise.all(paths.map((path) => ask(path)));
    paths.forEach((path, index) => {
      expect(replies[index]).toEqual({ answer: 'unanswered', reason: expect.stringContaining(reasons[path] ?? '') });
      expect([path, seen.get(path)?.length]).toEqual([path, 3]);
    });
    expect(seen.get('/approves')?.length).toBe(before);
  });

  it('knows nothing when the process stops meanwhile', async () => {
    const client = new HttpExtensionClient(settings, clock);
    const asked = ask('/hangs', client);
    client.onModuleDestroy();
    await expect(asked).rejects.toThrow();
  });

  it.each<[string, string]>([
    ['https://tickets.contoso.example/check', 'nothing'],
    ['https://TICKETS.contoso.example:443/check', 'nothing'],
    ['https://tickets.contoso.example:8443/check', 'OPENPIM_EXTENSION_HOSTS'],
    ['https://evil.example/?tickets.contoso.example', 'query'],
    ['https://tickets.contoso.example.evil.example/', 'OPENPIM_EXTENSION_HOSTS'],
    ['https://169.254.169.254/latest/meta-data', 'OPENPIM_EXTENSION_HOSTS'],
    ['https://tickets.contoso.example@evil.example/', 'user name'],
    ['https://user:secret@tickets.contoso.example/', 'user name'],
    ['https://tickets.contoso.example/check?code=secret', 'query'],
    ['http://tickets.contoso.example/check', 'https://'],
    ['file:///etc/passwd', 'https://'],
    ['tickets.contoso.example', 'must be an address'],
  ])('finds wrong with %s: %s', (endpoint, fault) =>
    expect(new HttpExtensionClient(settings, clock).faultOf(endpoint) ?? 'nothing').toContain(fault),
  );

  it('asks nobody whom the settings do not allow any more', async () => {
    const production = new HttpExtensionClient({ ...settings, allowsLocalHttp: false }, clock);
    expect(await ask('/approves', production)).toMatchObject({ answer: 'unanswered' });
    expect(await ask('/approves', new HttpExtensionClient(null, clock))).toMatchObject({
      answer: 'unanswered',
      reason: expect.stringContaining('are off'),
    });
  });
});
