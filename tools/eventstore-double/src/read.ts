import type { EventStore } from '@pim/engine';
import { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { notServed } from './refusals';
import { nameOf, systemEvent, toResponse, toServerPosition } from './wire';

/** What is answered to one reading, in order. */
export const readingOf = (store: EventStore, options: ReadReq.Options): Promise<readonly ReadResp[]> => {
  const limit = Number(BigInt.asUintN(53, BigInt(options.getCount())));
  const isBackwards = options.getReadDirection() === ReadReq.Options.ReadDirection.BACKWARDS;
  const stream = options.getStream();
  if (stream) return readStream(store, stream, { isBackwards, limit });
  if (isBackwards && options.getAll()?.hasEnd()) return readLogBackwards(store, limit);
  throw notServed('readings of $all other than backwards from its end');
};

const readStream = async (
  store: EventStore,
  options: ReadReq.Options.StreamOptions,
  { isBackwards, limit }: { isBackwards: boolean; limit: number },
): Promise<readonly ReadResp[]> => {
  const stream = nameOf(options.getStreamIdentifier());
  const isOpen = options.hasStart() || options.hasEnd();
  const events = await store.read(stream, {
    ...(isOpen ? {} : { from: Number(options.getRevision()) }),
    direction: isBackwards ? 'backwards' : 'forwards',
    limit,
  });
  if (events.length > 0 || (await store.read(stream, { limit: 1 })).length > 0) return events.map(toResponse);
  const identifier = options.getStreamIdentifier();
  return [new ReadResp().setStreamNotFound(new ReadResp.StreamNotFound().setStreamIdentifier(identifier))];
};

/** A real log begins with events of the server's own, and now and then one comes last. */
const readLogBackwards = async (store: EventStore, limit: number): Promise<readonly ReadResp[]> => {
  const head = await store.head();
  const first = head > BigInt(limit) ? head - BigInt(limit) : 0n;
  const events = await store.readAll({ after: first === 0n ? 'start' : first, limit });
  return [
    systemEvent('$stats-127.0.0.1:2113', '$statsCollected', toServerPosition(head) + 1n),
    ...events.toReversed().map(toResponse),
    systemEvent('$$$users', '$metadata', 0n),
  ].slice(0, limit);
};
