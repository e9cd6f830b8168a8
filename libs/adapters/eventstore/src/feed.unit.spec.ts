import type { RecordedEvent } from '@pim/engine';
import { Feed, type FeedSource } from './feed';

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

const startFeed = () => {
  const calls: string[] = [];
  const source: FeedSource = {
    pause: () => calls.push('pause'),
    resume: () => calls.push('resume'),
    close: () => calls.push('close'),
  };
  return { feed: new Feed(() => source), calls };
};

/** Positions of events and names of marks, until the feed has nothing more. */
const drain = async (feed: Feed): Promise<unknown[]> => {
  const seen: unknown[] = [];
  for (let item = await feed.next(1); item; item = await feed.next(1))
    seen.push(item.kind === 'event' ? item.event.position : item.kind);
  return seen;
};

describe('a feed', () => {
  it('gives a checkpoint only behind the events that the client held back when it told of it', async () => {
    const { feed } = startFeed();
    feed.event(eventAt(1n));
    feed.mark({ kind: 'checkpoint', position: 3n }, 2);
    feed.mark({ kind: 'caught-up' }, 2);
    expect(await drain(feed)).toEqual([1n]);
    feed.event(eventAt(2n));
    feed.event(eventAt(3n));
    feed.event(eventAt(4n));
    expect(await drain(feed)).toEqual([2n, 3n, 'checkpoint', 'caught-up', 4n]);
  });

  it('counts an event that nobody wants among those held back', async () => {
    const { feed } = startFeed();
    feed.mark({ kind: 'caught-up' }, 1);
    feed.event(null);
    expect(await drain(feed)).toEqual(['caught-up']);
  });

  it('gives what came before its end, then the reason for it, for good', async () => {
    const { feed } = startFeed();
    feed.event(eventAt(1n));
    feed.end(new Error('the server went away'));
    feed.end(new Error('closed'));
    expect(await feed.next(1)).toMatchObject({ kind: 'event' });
    await expect(feed.next(1)).rejects.toThrow('the server went away');
    await expect(feed.next(1)).rejects.toThrow('the server went away');
  });

  it('wakes whoever waits when an item comes, when it ends and when it is closed', async () => {
    const hour = 3_600_000;
    const { feed, calls } = startFeed();
    const item = feed.next(hour);
    feed.mark({ kind: 'caught-up' }, 0);
    expect(await item).toEqual({ kind: 'caught-up' });
    const reason = expect(feed.next(hour)).rejects.toThrow('closed');
    feed.close();
    await reason;
    expect(calls.at(-1)).toBe('close');
  });

  it('pauses its source while a slow reader has much to take, and lets it go on when that is taken', async () => {
    const { feed, calls } = startFeed();
    for (let n = 1n; n <= 63n; n += 1n) feed.event(eventAt(n));
    expect(calls).toEqual([]);
    feed.event(eventAt(64n));
    expect(calls).toEqual(['pause']);
    for (let n = 0; n < 63; n += 1) await feed.next(1);
    expect(calls).toEqual(['pause']);
    await feed.next(1);
    expect(calls).toEqual(['pause', 'resume']);
  });
});
