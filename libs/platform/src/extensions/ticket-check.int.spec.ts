import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { HttpExtensionClient } from './http-extension-client';

const example = join(__dirname, '../../../../docs/examples/ticket-check.mjs');

/** The example of the documentation, as somebody would run it. */
describe('the ticket check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'openpim-ticket-check-'));
  const key = randomBytes(32);
  let child: ChildProcess;
  let endpoint: string;
  beforeAll(async () => {
    const OPENPIM_EXTENSION_KEY_FILE = join(folder, 'key');
    writeFileSync(OPENPIM_EXTENSION_KEY_FILE, `whsec_${key.toString('base64')}\n`);
    child = spawn(process.execPath, [example], {
      env: { OPENPIM_EXTENSION_KEY_FILE, PORT: '0', TICKETS: 'INC-1=erin,SEV1-2=erin' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (!child.stdout) throw new Error('the example has no output');
    const [line] = (await new Promise((resolve) =>
      createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (text) => resolve([text])),
    )) as [string];
    endpoint = /http:\S+$/.exec(line)?.[0] ?? '';
  });
  afterAll(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (ticketNumber: string | null, { at = new Date(), signer = key, tries = {} } = {}) => {
    const settings = { hosts: [new URL(endpoint).host], keys: [signer], allowsLocalHttp: true };
    const client = new HttpExtensionClient(settings, { now: () => at.toISOString() });
    const body = { principalId: 'erin', ticketInfo: { ticketNumber, ticketSystem: 'desk' }, ...tries };
    return client.ask({ id: 'r1', endpoint, timeoutSeconds: 5, body });
  };

  it.each([
    ['INC-1', 'approved', 'INC-1 is open.'],
    ['SEV1-2', 'autoApproved', 'SEV1-2 is open.'],
    ['INC-9', 'denied', 'INC-9 is no open ticket of yours.'],
    [null, 'denied', 'Name a ticket.'],
  ])('says of ticket %s: %s', async (ticket, answer, reason) => expect(await ask(ticket)).toEqual({ answer, reason }));

  it('listens to nobody without the key, and to nothing old', async () => {
    const [stranger, old] = await Promise.all([
      ask('INC-1', { signer: randomBytes(32) }),
      ask('INC-1', { at: new Date(Date.now() - 6 * 60_000) }),
    ]);
    for (const reply of [stranger, old])
      expect(reply).toMatchObject({ answer: 'unanswered', reason: expect.stringContaining('status 401') });
  });
});
