import 'reflect-metadata';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoIssuer } from '../src/demo-issuer';
import { freePort, ServerProcess } from './support/process';

/** What an operator sees of the process: readiness, a clean end, and one clear line when it cannot start. */
describe('the process', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'openpim-process-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const failing = async (dataFolder: string, port: number, env: Record<string, string> = {}): Promise<string> => {
    const { code, stderr } = await ServerProcess.spawn(dataFolder, port, env).ended;
    expect(code).toBe(1);
    const lines = stderr.trim().split('\n');
    expect(lines).toHaveLength(1);
    return lines[0] ?? '';
  };

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'answers health checks and greets, and ends cleanly on %s',
    async (signal) => {
      const server = await ServerProcess.spawn(folder, await freePort()).ready();
      expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
      // Compiled code has what it serves beside itself.
      expect(await (await fetch(`${server.url}/asyncapi.yaml`)).text()).toContain("asyncapi: '3.0.0'");
      const { code, stdout } = await server.kill(signal);
      expect(code).toBe(0);
      expect(stdout).toContain(`OpenPIM is ready at ${server.url}`);
      expect(stdout).toContain(`OPENPIM_DATA=${folder} npx pim token erin --mfa`);
    },
  );

  it('names itself in links as its clients do, when it is told how', async () => {
    const env = { OPENPIM_URL: 'https://pim.example/' };
    const server = await ServerProcess.spawn(folder, await freePort(), env).ready();
    try {
      const token = await mint(folder, 'https://pim.example');
      const headers = { authorization: `Bearer ${token}` };
      const path = '/v1.0/roleManagement/directory/roleDefinitions?$top=1';
      const answer = (await (await fetch(`${server.url}${path}`, { headers })).json()) as Record<string, unknown>;
      expect(answer['@odata.context']).toMatch(/^https:\/\/pim\.example\/v1\.0\//);
      expect(answer['@odata.nextLink']).toMatch(/^https:\/\/pim\.example\/v1\.0\//);
    } finally {
      await server.kill('SIGTERM');
    }
  });

  it('finishes what it has begun when it is told to end', async () => {
    const server = await ServerProcess.spawn(folder, await freePort()).ready();
    const token = await mint(folder, server.url);
    const headers = { authorization: `Bearer ${token}` };
    const path = '/v1.0/roleManagement/directory/roleDefinitions?$top=999';
    const asked = Array.from({ length: 20 }, async () => (await fetch(`${server.url}${path}`, { headers })).text());
    const settled = Promise.allSettled(asked);
    await asked[0];
    const { code } = await server.kill('SIGTERM');
    const answers = await settled;
    // A connection that was never accepted may be refused; one that was is answered in full.
    const whole = answers.filter(({ status }) => status === 'fulfilled');
    expect(whole.length).toBeGreaterThan(0);
    expect(code).toBe(0);
  });

  it('says that its port is in use', async () => {
    const other = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    try {
      expect(await failing(folder, port)).toContain(`Port ${port}`);
    } finally {
      other.close();
    }
  });

  it('says that its data folder is locked by another process', async () => {
    const first = await ServerProcess.spawn(folder, await freePort()).ready();
    try {
      expect(await failing(folder, await freePort())).toContain(folder);
    } finally {
      await first.kill('SIGTERM');
    }
  });

  it('says that its data folder is no folder', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(await failing(file, await freePort())).toContain(file);
  });

  it('says that its data folder cannot be written', async () => {
    chmodSync(folder, 0o500);
    // Modes do not stop root; the kernel's own file system does.
    const unwritable = process.getuid?.() === 0 ? '/sys/openpim' : folder;
    expect(await failing(unwritable, await freePort())).toContain(unwritable);
  });

  it('refuses a configuration without an issuer in production', async () => {
    expect(await failing(folder, await freePort(), { OPENPIM_MODE: 'production' })).toContain('OPENPIM_ISSUER');
  });

  it('refuses a port that is none', async () => {
    expect(await failing(folder, 99_999)).toContain('PORT');
  });
});

const mint = async (folder: string, url: string): Promise<string> => {
  const issuer = await demoIssuer(folder, url);
  return issuer.mintToken({ user: 'ada', mfa: true, now: new Date().toISOString() });
};
