import { StoreUnavailable, type EventMetadata, type EventStore, type NewEvent } from '@pim/engine';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventStoreDb } from './event-store';

const root = join(__dirname, '../../../..');
const main = join(root, 'dist/tools/eventstore-double/src/main.js');

/** The double in a process of its own, which can be killed, frozen and started again on the same port and folder. */
class ServerProcess {
  private child: ChildProcess | null = null;
  private port = 0;

  constructor(private readonly folder: string) {}

  /** Resolves to the connection string when calls are taken. */
  async start(): Promise<string> {
    const args = [main, '--data', this.folder, '--port', String(this.port)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.child = child;
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const url = String(line).trim();
    this.port = Number(/:(\d+)\?/.exec(url)?.[1]);
    return url;
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    if (this.child?.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
  }

  signal(name: NodeJS.Signals): void {
    this.child?.kill(name);
  }
}

const metadata: EventMetadata = {
  actor: { id: 'ada', kind: 'user' },
  authentication: null,
  correlationId: 'c',
  causationId: 'c',
};
let counter = 0;
const event = (): NewEvent => ({
  id: `00000000-0000-5000-8000-${(++counter).toString(16).padStart(12, '0')}`,
  type: 'Happened',
  version: 1,
  data: {},
  metadata,
});
const eventually = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('a server in another process', () => {
  let folder: string;
  let server: ServerProcess;
  let url: string;
  const stores: EventStore[] = [];
  const connect = (giveUpMs: number): EventStore => {
    const store = eventStoreDb(url, { callMs: 300, giveUpMs, silenceMs: 500 });
    stores.push(store);
    return store;
  };

  beforeAll(async () => {
    execFileSync(process.execPath, [join(root, 'tools/build.mjs')]);
    folder = mkdtempSync(join(tmpdir(), 'pim-esdb-process-'));
    server = new ServerProcess(folder);
    url = await server.start();
  }, 60_000);
  afterAll(async () => {
    for (const store of stores) await store.close();
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it('may be killed again and again: nothing acknowledged is lost, nothing is recorded or delivered twice', async () => {
    const store = connect(30_000);
    const streams = ['kill-1', 'kill-2', 'kill-3', 'kill-4'];
    const seen: string[] = [];
    await store.subscribe({ after: 'start', categories: ['kill'] }, async ({ id }) => void seen.push(id));
    const acknowledged: string[] = [];
    let isOver = false;
    const write = async (stream: string) => {
      for (let revision = -1; !isOver;) {
        const given = [event(), event()];
        ({ revision } = await store.append(stream, given, revision < 0 ? 'no-stream' : revision));
        acknowledged.push(...given.map(({ id }) => id));
      }
    };
    const writers = streams.map(write);
    for (let round = 0; round < 3; round += 1) {
      const before = acknowledged.length;
      await eventually(() => acknowledged.length > before + 20);
      await server.kill();
      await server.start();
    }
    isOver = true;
    await Promise.all(writers);
    const recorded = await store.readAll({ after: 'start', limit: 100_000, categories: ['kill'] });
    await eventually(() => seen.length >= recorded.length);
    expect(seen).toEqual(recorded.map(({ id }) => id));
    // Every append was answered in the end, so what is acknowledged is all there is.
    expect([...acknowledged].sort()).toEqual([...seen].sort());
  }, 60_000);

  it('may be frozen: questions are answered in time that it is away, and the same append goes on when it thaws', async () => {
    const [patient, impatient] = [connect(30_000), connect(600)];
    const seen: string[] = [];
    await patient.subscribe({ after: 'start', categories: ['freeze'] }, async ({ id }) => void seen.push(id));
    const [first, second] = [event(), event()];
    await patient.append('freeze-1', [first], 'no-stream');
    await eventually(() => seen.length === 1);
    server.signal('SIGSTOP');
    const frozen = Promise.allSettled([
      impatient.append('freeze-1', [second], 0),
      impatient.read('freeze-1'),
      impatient.readAll({ after: 'start', limit: 1 }),
      impatient.head(),
    ]);
    const waiting = patient.append('freeze-1', [second], 0);
    for (const answer of await frozen)
      expect(answer).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailable) as unknown });
    server.signal('SIGCONT');
    expect((await waiting).revision).toBe(1);
    // Whatever the frozen server still had from before is the same append.
    expect(await patient.append('freeze-1', [second], 0)).toEqual(await waiting);
    await eventually(() => seen.length === 2);
    expect(seen).toEqual([first.id, second.id]);
    expect(await patient.read('freeze-1')).toHaveLength(2);
  }, 60_000);
});
