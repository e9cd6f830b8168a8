import { createJournal, type CommandContext, type Parked } from '@pim/engine';
import { inMemoryEventStore } from '@pim/engine/contract';
import { createLog } from '../observe/log';
import { ParkedMessages, type Consumers } from './parked-messages';

const group = 'pim.requests.follow-schedule';
const context: CommandContext = {
  commandId: 'c-1',
  correlationId: 'c-1',
  actor: { id: 'paul', kind: 'user' },
  authentication: null,
};

const parked = (eventId: string, since: string): Parked => ({
  group,
  event: {
    id: eventId,
    type: 'Opened',
    version: 1,
    data: {},
    metadata: { actor: { id: 'a', kind: 'user' }, authentication: null, correlationId: 'c', causationId: 'c' },
    stream: 'drawer-1',
    revision: 0,
    position: 1n,
    recordedAt: since,
  },
  reason: 'jammed',
  since,
  tries: 6,
});

describe('parked messages', () => {
  let aside: Parked[];
  let isAway: boolean;
  beforeEach(() => {
    aside = [parked('b', '2026-03-02T08:00:01.000Z'), parked('a', '2026-03-02T08:00:00.000Z')];
    isAway = false;
  });

  const eventStore = inMemoryEventStore();
  const log = createLog({ format: 'json', level: 'silent', fields: {}, secrets: [] });
  const clock = { now: () => '2026-03-02T09:00:00.000Z', wakeAt: () => () => undefined };
  const messages = (): ParkedMessages => {
    const bus: Consumers['bus'] = {
      parked: async () => {
        if (isAway) throw new Error('no broker answers');
        return aside;
      },
      replay: async (_, eventId) => {
        const before = aside.length;
        aside = aside.filter(({ event }) => event.id !== (eventId ?? event.id));
        return before - aside.length;
      },
    };
    const journal = createJournal({ eventStore, isOnlyWriter: true });
    return new ParkedMessages({ bus, groups: [group] }, journal, clock, log);
  };
  const recorded = async (): Promise<readonly unknown[]> =>
    (await eventStore.readAll({ after: 'start', limit: 10 })).map(({ stream, type, data }) => [stream, type, data]);

  it('are listed with those first that wait longest', async () =>
    expect((await messages().list()).map(({ event }) => event.id)).toEqual(['a', 'b']));

  it('cannot be seen or replayed, and nothing is recorded, while the bus is away', async () => {
    isAway = true;
    const quiet = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    await expect(messages().list()).rejects.toMatchObject({ status: 503 });
    await expect(messages().replay({ group, eventId: null }, context)).rejects.toMatchObject({ status: 503 });
    quiet.mockRestore();
    expect(await recorded()).toEqual([]);
  });

  it('are not replayed when nobody can put on record who asked', async () => {
    const broken = { ...eventStore, append: () => Promise.reject(new Error('the disk is full')) };
    const journal = createJournal({ eventStore: broken, isOnlyWriter: true });
    let replays = 0;
    const bus = { parked: async () => aside, replay: async () => ++replays };
    const unable = new ParkedMessages({ bus, groups: [group] }, journal, clock, log);
    await expect(unable.replay({ group, eventId: null }, context)).rejects.toThrow('the disk is full');
    expect(replays).toBe(0);
  });

  it('are replayed after it is on record who asked, for what; silently when nothing is aside', async () => {
    const data = { group, by: context.actor, at: clock.now() };
    expect(await messages().replay({ group, eventId: 'a' }, context)).toEqual({ replayed: 1, remaining: 0 });
    const asked = ['consumer-pim.requests.follow-schedule', 'ConsumerReplayRequested'];
    expect(await recorded()).toEqual([[...asked, { ...data, eventId: 'a', count: 1 }]]);
    const next = { ...context, commandId: 'c-2' };
    expect(await messages().replay({ group, eventId: null }, next)).toEqual({ replayed: 1, remaining: 0 });
    expect((await recorded()).slice(1)).toEqual([[...asked, { ...data, eventId: null, count: 1 }]]);
    await messages().replay({ group, eventId: null }, { ...context, commandId: 'c-3' });
    await expect(messages().replay({ group, eventId: 'a' }, context)).rejects.toMatchObject({ status: 404 });
    await expect(messages().replay({ group: 'pim.x.y', eventId: null }, context)).rejects.toMatchObject({
      status: 404,
    });
    expect(await recorded()).toHaveLength(2);
  });
});
