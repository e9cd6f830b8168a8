import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(__dirname, '../../../..');

interface Told {
  readonly principalId: string;
  readonly roles: readonly Record<string, unknown>[];
}

/** The example of the documentation, as somebody would run it who gets nothing but the brokers' address. */
export class Subscriber {
  private readonly rolesOf = new Map<string, Told['roles']>();
  private readonly child: ChildProcess;

  constructor(brokers: string) {
    this.child = spawn(process.execPath, [join(root, 'docs/examples/subscriber.mjs')], {
      env: { ...process.env, KAFKA_BROKERS: brokers },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (this.child.stdout) createInterface({ input: this.child.stdout }).on('line', (line) => this.hear(line));
  }

  /** What it said last of each principal, in no order. */
  held(): readonly Record<string, unknown>[] {
    return [...this.rolesOf].flatMap(([principalId, roles]) => roles.map((role) => ({ principalId, ...role })));
  }

  /** What it said last of a principal; undefined: nothing yet. */
  saidOf(principalId: string): Told['roles'] | undefined {
    return this.rolesOf.get(principalId);
  }

  stop(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.child.on('exit', () => resolve()));
    this.child.kill('SIGKILL');
    return ended;
  }

  private hear(line: string): void {
    const { principalId, roles } = JSON.parse(line) as Told;
    this.rolesOf.set(principalId, roles);
  }
}
