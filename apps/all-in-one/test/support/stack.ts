import { randomUUID } from 'node:crypto';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
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

/** What can be killed and started again: all services or one, with their replicas, one of two replicas, or a server. */
export type Part = Service | `${Service}-${1 | 2}` | 'services' | 'kafka' | 'store' | 'mongodb';

/** Where a stack answers, and where the servers behind it are. */
interface Addresses {
  readonly url: string;
  /** `host:port`, several with commas between them. */
  readonly brokers: string;
  readonly eventStoreUrl: string;
  readonly mongoUrl: string;
}

interface Parts extends Addresses {
  readonly child: ChildProcess;
  readonly lines: Interface;
  readonly issuer: DevIssuer;
  readonly folder: string;
}

/** One request: who sends it, method, path, body. */
export type Call = readonly [who: string, method: string, path: string, body?: unknown];

/** How long one try may take, in milliseconds: a process that stands still answers nothing. */
const patienceMs = 10_000;

const readyLine = /ready at (\S+) as five services, on (\S+), (\S+), (\S+)\.$/;

/** The five services as processes of their own, with real Kafka, as `npm run stack` starts them. */
export class TestStack {
  private constructor(private readonly parts: Parts) {}

  /** `settings` are variables for every service. */
  static async start({
    replicas = 1,
    settings = {},
  }: { readonly replicas?: number; readonly settings?: Readonly<Record<string, string>> } = {}): Promise<TestStack> {
    const folder = mkdtempSync(join(tmpdir(), 'openpim-stack-'));
    const flags = ['--test', '--replicas', `${replicas}`];
    const child = spawn(process.execPath, [join(root, 'tools/stack/stack.mjs'), ...flags], {
      cwd: root,
      env: { ...process.env, OPENPIM_DATA: folder, ...settings },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (data) => (errors = `${errors}${data}`.slice(-4_000)));
    const lines = createInterface({ input: child.stdout });
    const addresses = await new Promise<Addresses>((resolve, reject) => {
      child.on('exit', (code) => reject(new Error(`the stack ended with ${code}: ${errors}`)));
      lines.on('line', (line) => {
        const [, url, brokers, eventStoreUrl, mongoUrl] = readyLine.exec(line) ?? [];
        if (url && brokers && eventStoreUrl && mongoUrl) resolve({ url, brokers, eventStoreUrl, mongoUrl });
      });
    });
    const issuer = await demoIssuer(folder, addresses.url);
    return new TestStack({ child, lines, folder, issuer, ...addresses });
  }

  get addresses(): Addresses {
    return this.parts;
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

  /** Makes it stand still, as it is; it answers nothing until `resume`. */
  pause(part: Part): Promise<void> {
    return this.command(`pause ${part}`);
  }

  resume(part: Part): Promise<void> {
    return this.command(`resume ${part}`);
  }

  call(...call: Call): Promise<Answer> {
    return this.send(call);
  }

  /**
   * Sends the same request under one id until it is answered by yes or no, however often what should answer is away
   * meanwhile: what a client does that wants it done, and done once.
   */
  async insist(...call: Call): Promise<Answer> {
    const key = randomUUID();
    for (;;) {
      const answer = await this.send(call, { 'client-request-id': key }).catch(() => null);
      if (answer && answer.status < 500) return answer;
      await setTimeout(200);
    }
  }

  /** A token of somebody who gave a second factor, with these scopes or the usual ones. */
  token(user: string, scopes?: readonly string[]): Promise<string> {
    const now = new Date().toISOString();
    return this.parts.issuer.mintToken({ user, mfa: true, now, ...(scopes ? { scopes: [...scopes] } : {}) });
  }

  private async send([who, method, path, body]: Call, headers: Record<string, string> = {}): Promise<Answer> {
    const token = await this.token(who);
    const response = await fetch(`${this.parts.url}${path.startsWith('/') ? path : `/v1.0/${path}`}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      signal: AbortSignal.timeout(patienceMs),
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
    return new Promise((resolve, reject) => {
      const hear = (said: string): void => {
        const hasFailed = said.startsWith(`failed ${line}: `);
        if (said !== line && !hasFailed) return;
        this.parts.lines.off('line', hear);
        if (hasFailed) reject(new Error(said));
        else resolve();
      };
      this.parts.lines.on('line', hear);
      this.parts.child.stdin?.write(`${line}\n`);
    });
  }
}
