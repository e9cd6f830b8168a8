import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { DevIssuer } from '@pim/adapters/dev-issuer';
import { demoIssuer } from '../../src/demo-issuer';
import type { Answer } from './server';

const root = join(__dirname, '../../../..');

/** Why the stack cannot run on this machine; null when it can. */
export const whyNoStack = (): string | null => {
  const { status, stdout } = spawnSync(process.execPath, [join(root, 'tools/kafka/kafka.mjs'), 'check'], {
    encoding: 'utf8',
  });
  return status === 0 ? null : stdout.trim();
};

export type Service = 'requests' | 'approvals' | 'assignments' | 'alerting' | 'audit';

/** What can be killed and started again. */
type Part = Service | 'kafka';

interface Parts {
  readonly child: ChildProcess;
  readonly lines: Interface;
  readonly url: string;
  readonly brokers: string;
  readonly issuer: DevIssuer;
  readonly folder: string;
}

/** The five services as five processes, with real Kafka, as `npm run stack` starts them. */
export class TestStack {
  private constructor(private readonly parts: Parts) {}

  /** `settings` are variables for every service. */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<TestStack> {
    const folder = mkdtempSync(join(tmpdir(), 'openpim-stack-'));
    const child = spawn(process.execPath, [join(root, 'tools/stack/stack.mjs'), '--test'], {
      cwd: root,
      env: { ...process.env, OPENPIM_DATA: folder, ...settings },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (data) => (errors = `${errors}${data}`.slice(-4_000)));
    const lines = createInterface({ input: child.stdout });
    const { url, brokers } = await new Promise<Pick<Parts, 'url' | 'brokers'>>((resolve, reject) => {
      child.on('exit', (code) => reject(new Error(`the stack ended with ${code}: ${errors}`)));
      lines.on('line', (line) => {
        const [, address, kafka] = /ready at (\S+) as five services, on (\S+), /.exec(line) ?? [];
        if (address && kafka) resolve({ url: address, brokers: kafka });
      });
    });
    return new TestStack({ child, lines, url, brokers, folder, issuer: await demoIssuer(folder, url) });
  }

  /** Where Kafka is: `host:port`, several with commas between them. */
  get brokers(): string {
    return this.parts.brokers;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.parts.child.on('exit', resolve));
    this.parts.child.stdin?.end();
    await ended;
    rmSync(this.parts.folder, { recursive: true, force: true });
  }

  /** Ends it as a crash would. */
  kill(part: Part): Promise<void> {
    return this.command(`kill ${part}`);
  }

  /** Starts it again, on the same port; resolves when it answers. */
  start(part: Part): Promise<void> {
    return this.command(`start ${part}`);
  }

  async call(who: string, method: string, path: string, body?: unknown): Promise<Answer> {
    const token = await this.parts.issuer.mintToken({ user: who, mfa: true, now: new Date().toISOString() });
    const response = await fetch(`${this.parts.url}${path.startsWith('/') ? path : `/v1.0/${path}`}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      body: isJson ? (JSON.parse(text) as Answer['body']) : {},
      headers: response.headers,
    };
  }

  private command(line: string): Promise<void> {
    return new Promise((resolve) => {
      const hear = (said: string): void => {
        if (said !== line) return;
        this.parts.lines.off('line', hear);
        resolve();
      };
      this.parts.lines.on('line', hear);
      this.parts.child.stdin?.write(`${line}\n`);
    });
  }
}
