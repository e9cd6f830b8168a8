import type { Position, RecordedEvent } from '@pim/engine';
import { Feed } from './feed';
import { FeedSubscription } from './subscription';

const eventAt = (position: bigint): RecordedEvent => ({
  id: `00000000-0000-5000-8000-${String(position).padStart(12, '0')}`,
  type: 'Happened',
  version: 1,
  data: {},
  metadata: { actor: { id: 'ada', kind: 'user' }, authentication: null, correlationId: 'c', causationId: 'c' },
  stream: 'request-1',
  revision: Number(position),
  position,
  recordedAt: '2026-03-01T09:00:00.000Z',
});

/** A server whose n-th subscription does what the n-th script says; the last one goes on for ever. */
const follow = async (scripts: readonly ((feed: Feed) => void)[]) => {
  const opened: Position[] = [];
  const told: string[] = [];
  const seen: Position[] = [];
  const source = { pause: () => undefined, resume: () => undefined, close: () => undefined };
  await new Promise<void>((resolve) => {
    const subscription = new FeedSubscription({
      options: { after: 5n, onError: (error) => told.push((error as Error).message) },
      open: (after) => {
        const feed = new Feed(() => source);
        scripts[opened.length]?.(feed);
        opened.push(after);
        if (opened.length === scripts.length) void Promise.resolve().then(() => resolve(subscription.stop()));
        return feed;
      },
      handle: async ({ position }) => void seen.push(position),
      silenceMs: 5,
    });
  });
  return { opened, told, seen };
};

describe('a subscription over several of the server', () => {
  it('goes on behind the last event when the server ends one', async () => {
    const ends = (feed: Feed) => {
      feed.event(eventAt(7n));
      feed.end(new Error('ended'));
    };
    expect(await follow([ends, () => undefined])).toEqual({ opened: [5n, 7n], told: ['ended'], seen: [7n] });
  });

  it('goes on behind a checkpoint, where nothing of interest lies', async () => {
    const ends = (feed: Feed) => {
      feed.mark({ kind: 'checkpoint', position: 9n }, 0);
      feed.mark({ kind: 'checkpoint', position: 8n }, 0);
      feed.end(new Error('ended'));
    };
    expect((await follow([ends, () => undefined])).opened).toEqual([5n, 9n]);
  });

  it('hands over nothing twice, even when the server begins too early', async () => {
    const repeats = (feed: Feed) => {
      for (const position of [4n, 5n, 6n, 6n]) feed.event(eventAt(position));
      feed.end(new Error('ended'));
    };
    expect((await follow([repeats, () => undefined])).seen).toEqual([6n]);
  });

  it('begins anew after silence, and says nothing of it', async () => {
    const fallsSilent = (feed: Feed) => feed.mark({ kind: 'caught-up' }, 0);
    expect(await follow([fallsSilent, fallsSilent, () => undefined])).toMatchObject({ opened: [5n, 5n, 5n], told: [] });
  });

  it('tells of a server that does not answer at all', async () => {
    const { opened, told } = await follow([() => undefined, () => undefined]);
    expect(opened).toEqual([5n, 5n]);
    expect(told).toEqual(['The event store did not answer a subscription within 5 ms.']);
  });
});
