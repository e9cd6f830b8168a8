import type { EventMetadata, NewEvent, Position, RecordedEvent } from '@pim/engine';
import { canonicalJson } from '@pim/kernel';
import { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import { AppendReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { badArgument } from './refusals';

/** Positions of the server are offsets in bytes: they grow by more than one. */
const stride = 64n;
export const toServerPosition = (position: Position): bigint => position * stride;
export const toStorePosition = (position: string): Position => BigInt(position) / stride;

export const nameOf = (identifier: StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

const toIdentifier = (stream: string): StreamIdentifier => new StreamIdentifier().setStreamName(Buffer.from(stream));

export const toUuid = (id: string): UUID => new UUID().setString(id);

/** What the server counts against its limit. */
export const bytesOf = (message: AppendReq.ProposedMessage): number =>
  message.getData_asU8().length +
  message.getCustomMetadata_asU8().length +
  2 * (message.getMetadataMap().get('type') ?? '').length;

/** Throws a refusal unless it is an event as OpenPIM writes them: JSON, with a schema version among its metadata. */
export const toNewEvent = (message: AppendReq.ProposedMessage): NewEvent => {
  const type = message.getMetadataMap().get('type') ?? '';
  const id = message.getId()?.getString().toLowerCase() ?? '';
  const { version, ...metadata } = parsed(message.getCustomMetadata_asU8()) as EventMetadata & { version: number };
  return { id, type, version, data: parsed(message.getData_asU8()), metadata };
};

const parsed = (bytes: Uint8Array): object => {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Refused below, as anything that is not an object.
  }
  throw badArgument('This double takes events whose data and metadata are JSON objects.');
};

export const toResponse = (event: RecordedEvent): ReadResp => {
  const { stream, revision, position, id, type, version, data, metadata, recordedAt } = event;
  const recorded = toRecord({ stream, type, position: toServerPosition(position), createdMs: Date.parse(recordedAt) });
  recorded.setId(toUuid(id)).setStreamRevision(String(revision));
  recorded.setData(Buffer.from(canonicalJson(data)));
  recorded.setCustomMetadata(Buffer.from(canonicalJson({ ...metadata, version })));
  return wrapped(recorded);
};

/** An event of the server itself, such as every real log has. */
export const systemEvent = (stream: string, type: string, position: bigint): ReadResp => {
  const recorded = toRecord({ stream, type, position, createdMs: 0 });
  recorded.setId(toUuid('00000000-0000-4000-8000-000000000000')).setStreamRevision('0').setData(Buffer.from('{}'));
  return wrapped(recorded);
};

const toRecord = (place: { stream: string; type: string; position: bigint; createdMs: number }) => {
  const recorded = new ReadResp.ReadEvent.RecordedEvent().setStreamIdentifier(toIdentifier(place.stream));
  recorded.setCommitPosition(String(place.position)).setPreparePosition(String(place.position));
  recorded.getMetadataMap().set('type', place.type);
  recorded.getMetadataMap().set('content-type', 'application/json');
  // .NET ticks of 100 ns.
  recorded.getMetadataMap().set('created', String(BigInt(place.createdMs) * 10_000n));
  return recorded;
};

const wrapped = (recorded: ReadResp.ReadEvent.RecordedEvent): ReadResp =>
  new ReadResp().setEvent(new ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(recorded.getCommitPosition()));
