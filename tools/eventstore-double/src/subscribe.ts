import { randomUUID } from 'node:crypto';
import type { EventStore, Position } from '@pim/engine';
import { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { notServed } from './refusals';
import { toResponse, toServerPosition, toStorePosition } from './wire';

/** Takes one response; resolves when there is room for the next. */
export type Send = (response: ReadResp) => Promise<void>;

const pageSize = 64;

/**
 * Read as a subscription to $all: confirmed, then everything behind the start, a checkpoint, caught up, then live.
 * Resolves when it is live, to what ends it.
 */
export const subscribe = async (
  store: EventStore,
  options: ReadReq.Options,
  send: Send,
): Promise<() => Promise<void>> => {
  const categories = categoriesOf(options);
  const confirmation = new ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID());
  await send(new ReadResp().setConfirmation(confirmation));
  let after = await startOf(store, options);
  for (let isEnd = false; !isEnd;) {
    // Whatever is behind the page is behind this position, too.
    const head = await store.head();
    const page = await store.readAll({ after: startingAt(after), limit: pageSize, ...categories });
    for (const event of page) await send(toResponse(event));
    isEnd = page.length < pageSize;
    const last = page.at(-1)?.position ?? after;
    after = isEnd && head > last ? head : last;
  }
  if (options.hasFilter()) await send(checkpointAt(toServerPosition(after)));
  await send(new ReadResp().setCaughtUp(new ReadResp.CaughtUp()));
  const live = await store.subscribe({ after: startingAt(after), ...categories }, (event) => send(toResponse(event)));
  return () => live.stop();
};

const startingAt = (position: Position): Position | 'start' => (position === 0n ? 'start' : position);

const startOf = async (store: EventStore, options: ReadReq.Options): Promise<Position> => {
  const all = options.getAll() ?? new ReadReq.Options.AllOptions();
  if (all.hasEnd()) return store.head();
  return all.hasStart() ? 0n : toStorePosition(all.getPosition()?.getCommitPosition() ?? '0');
};

/** The two filters that OpenPIM uses: streams of some categories, and whatever is not the server's own. */
const categoriesOf = (options: ReadReq.Options): { readonly categories?: readonly string[] } => {
  const filter = options.getFilter();
  if (!filter || filter.getEventType()?.getRegex() === '^[^$].*') return {};
  const categories = filter.getStreamIdentifier()?.getPrefixList().map(toCategory) ?? [];
  if (categories.length === 0) throw notServed('filters by regular expression, but for the one against system events');
  return { categories };
};

const toCategory = (prefix: string): string => {
  if (!/^[^-]+-$/.test(prefix)) throw notServed('a filter by prefix other than of a category, such as "request-"');
  return prefix.slice(0, -1);
};

const checkpointAt = (position: bigint): ReadResp =>
  new ReadResp().setCheckpoint(
    new ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position)),
  );
