import { inMemoryEventStore } from '../contract/in-memory-event-store';
import type { EventStore } from '../ports/event-store';
import type { State } from '../ports/state-topics';
import { accountStream, eventually, type AccountEvent } from './spec/account';
import { checkpointsInMemory, documentsById, record, searchable } from './spec/doubles';
import { startStateFeed, type RunningStateFeed, type StateFeed, type StateFeedOptions } from './state-feed';

const running: RunningStateFeed[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((feed) => feed.stop()));
});

interface Balance {
  readonly owner: string;
  readonly amount: number;
}

/** What each owner has; the read model holds it, one account per owner. */
const balances: StateFeed<AccountEvent> = {
  name: 'effective-roles',
  source: accountStream,
  keys: ({ type, data }) => (type === 'Locked' ? [data.until] : []),
  read: async (documents, owner) => {
    const all = await documents.find<Balance>('balances', { filter: {} });
    return all.find((one) => one.owner === owner) ?? null;
  },
};

/** A read model that a test writes by hand, and topics that note what they were told. */
const world = (store: EventStore = inMemoryEventStore()) => {
  const documents = searchable(documentsById());
  const told: string[] = [];
  let position = 0n;
  return {
    store,
    documents,
    told,
    checkpoints: checkpointsInMemory(),
    topics: {
      tell: async (_: string, { key, value, cause }: State) =>
        void told.push(`${key} ${value ? (value as Balance).amount : 'nothing'} at ${cause.revision}`),
    },
    set: (owner: string, amount: number | null) =>
      documents.put('balances', owner, {
        document: amount === null ? null : { owner, amount },
        seen: {},
        position: (position += 1n),
      }),
    touch: (owner: string) => record(store, 'account-1', 'Locked', { until: owner }),
  };
};

type World = ReturnType<typeof world>;

const start = (world: World, more: Partial<StateFeedOptions> = {}): RunningStateFeed => {
  const { store: eventStore, documents, topics, checkpoints } = world;
  const caughtUp = async (): Promise<void> => undefined;
  const feed = startStateFeed({ feed: balances, eventStore, documents, topics, checkpoints, caughtUp, ...more });
  running.push(feed);
  return feed;
};

describe('a feed of what holds', () => {
  it('tells each key once for what many events left, then after each event, and that nothing is left', async () => {
    const one = world();
    await one.set('ada', 7);
    for (const owner of ['ada', 'bob', 'ada']) await one.touch(owner);
    await record(one.store, 'account-1', 'Unlocked', {});
    const feed = start(one);
    await feed.caughtUp();
    expect(one.told.sort()).toEqual(['ada 7 at 2', 'bob nothing at 1']);
    await one.set('ada', null);
    await one.touch('ada');
    await feed.caughtUp();
    expect(one.told.at(-1)).toBe('ada nothing at 4');
  });

  it('goes on where it had come; without its checkpoint it tells everything anew', async () => {
    const one = world();
    await one.set('ada', 1);
    await one.touch('ada');
    const first = start(one);
    await first.caughtUp();
    await first.stop();
    await one.set('bob', 2);
    await one.touch('bob');
    await start(one).caughtUp();
    expect(one.told).toEqual(['ada 1 at 0', 'bob 2 at 1']);
    await start(one, { checkpoints: checkpointsInMemory() }).caughtUp();
    expect(one.told.slice(2).sort()).toEqual(['ada 1 at 0', 'bob 2 at 1']);
  });

  it('waits for the read models, and tells again what was not taken', async () => {
    const one = world();
    await one.touch('ada');
    const errors: unknown[] = [];
    const refusals = [new Error('no broker')];
    const tell = async (name: string, state: State): Promise<void> => {
      const refusal = refusals.shift();
      if (refusal) throw refusal;
      await one.topics.tell(name, state);
    };
    const caughtUp = (): Promise<void> => one.set('ada', 3);
    await start(one, { topics: { tell }, caughtUp, onError: (error) => errors.push(error) }).caughtUp();
    expect(one.told).toEqual(['ada 3 at 0']);
    expect(errors).toEqual([expect.objectContaining({ message: 'no broker' })]);
  });

  it('stops although the read models never catch up, and has told nothing then', async () => {
    const one = world();
    await one.touch('ada');
    let asked = 0;
    const never = (): Promise<void> => {
      asked += 1;
      return new Promise(() => undefined);
    };
    const feed = start(one, { caughtUp: never });
    await eventually(() => asked === 1);
    await feed.stop();
    expect(one.told).toEqual([]);
    expect(one.checkpoints.saved.size).toBe(0);
  });
});
