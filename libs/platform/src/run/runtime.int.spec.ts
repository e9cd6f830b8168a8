import { requestStream, type StreamContract } from '@pim/contracts';
import { Generations, type Deadline, type Documents, type NewEvent, type Stored } from '@pim/engine';
import { InMemoryLeases, inMemoryEventStore } from '@pim/engine/contract';
import type { Context } from '../context';
import { createLog } from '../observe/log';
import { Metrics } from '../observe/metrics';
import { startRuntime, type Plan, type Runtime } from './runtime';

const drawer: StreamContract = {
  category: 'drawer',
  context: 'requests',
  events: [{ type: 'Opened', version: 1, upcasters: [] }],
};

const lines: string[] = [];
const observe = {
  log: createLog(
    { format: 'json', level: 'debug', fields: {}, secrets: [] },
    { write: (line) => void lines.push(line) },
  ),
  metrics: new Metrics('test'),
  tracing: null,
};

/** A drawer that was opened is closed at once. */
const close: Deadline = {
  name: 'close',
  source: drawer,
  due: ({ data }) => {
    const id = String(Reflect.get(data, 'id'));
    return [{ key: id, at: '2026-03-01T09:00:00.000Z', subject: { id } }];
  },
  command: (subject) => subject,
};

const idle: Context = {
  name: 'approvals',
  module: class {},
  sets: [],
  streams: [],
  projections: () => [],
  reactions: [],
  deadlines: [],
};
const drawers: Context = { ...idle, name: 'requests', streams: [drawer, requestStream], deadlines: [close] };

/** Documents by their ids. */
const documents = (): Documents => {
  const stored = new Map<string, Stored<object>>();
  return {
    isLasting: false,
    get: async <D extends object>(collection: string, id: string) =>
      (stored.get(`${collection}/${id}`) as Stored<D> | undefined) ?? null,
    put: async (collection, id, document) => void stored.set(`${collection}/${id}`, document),
    find: async () => [],
    count: async () => 0,
    index: async () => undefined,
    drop: async () => undefined,
  };
};

const opened = (id: string): NewEvent => ({
  id: `00000000-0000-5000-8000-00000000000${id}`,
  type: 'Opened',
  version: 1,
  data: { id },
  metadata: { actor: { id: 'a', kind: 'user' }, authentication: null, correlationId: 'c', causationId: 'c' },
});

describe('two runtimes over one store', () => {
  const started: Runtime[] = [];
  afterEach(async () => {
    for (const runtime of started.splice(0)) await runtime.stop();
  });

  /** Each with read models of its own; what they do is noted under their names. */
  const world = () => {
    const did: string[] = [];
    const checkpoints = new Map<string, bigint>();
    const shared = {
      eventStore: inMemoryEventStore(),
      leases: new InMemoryLeases(),
      checkpoints: {
        load: async (name: string) => checkpoints.get(name) ?? null,
        save: async (name: string, position: bigint) => void checkpoints.set(name, position),
      },
      clock: { now: () => '2026-03-01T10:00:00.000Z', wakeAt: () => () => undefined },
      ids: { next: () => 'none' },
      isOnlyWriter: false,
      consumersDown: () => [],
      close: async () => undefined,
    };
    const start = async (name: string): Promise<Runtime> => {
      const bus = {
        publish: async ({ position }: { readonly position: bigint }) => void did.push(`${name} published ${position}`),
        consume: async () => undefined,
        parked: async () => [],
        replay: async () => 0,
        close: async () => undefined,
      };
      const ports: Plan['ports'] = { ...shared, bus, stateTopics: null, documents: new Generations(documents(), []) };
      const plan = { contexts: [drawers, idle], ports, tenant: { tenantId: 't' }, observe };
      const runtime = await startRuntime(plan, async (command) => {
        did.push(`${name} closed ${String(Reflect.get(command, 'id'))}`);
      });
      started.push(runtime);
      return runtime;
    };
    const open = (id: string) => shared.eventStore.append(`drawer-${id}`, [opened(id)], 'any');
    return { did, start, open, leases: shared.leases };
  };

  it('publish and ask for what is due in one of them; it settles, and the other waits for nothing', async () => {
    const { did, start, open, leases } = world();
    const [first, second] = [await start('a'), await start('b')];
    await open('1');
    await first.settled();
    await second.settled();
    expect(did.toSorted()).toEqual(['a closed 1', 'a published 1']);
    expect(await leases.take('requests.work')).toBeNull();
    expect(await leases.take('approvals.work')).not.toBeNull();
  });

  it('go on in the other when the one is stopped, with what is new', async () => {
    const { did, start, open, leases } = world();
    const [first, second] = [await start('a'), await start('b')];
    await open('1');
    await first.settled();
    await first.stop();
    await open('2');
    while (!did.includes('b published 2')) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      await second.settled();
    }
    // What is due is asked for again, under the same command id: whoever answers it stays silent.
    expect(did.toSorted()).toEqual(['a closed 1', 'a published 1', 'b closed 1', 'b closed 2', 'b published 2']);
    expect(await leases.take('requests.work')).toBeNull();
  });
});
