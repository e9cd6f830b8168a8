import type { EventMetadata, NewEvent, Position, RecordedEvent } from '@pim/engine';

/** What the server keeps beside an event's data: our metadata and the schema version, which it has no place for. */
export type StoredMetadata = EventMetadata & { readonly version: number };

/** An event as the client gives it. */
export interface ServerEvent {
  readonly streamId: string;
  readonly id: string;
  readonly type: string;
  readonly revision: bigint;
  readonly created: Date;
  readonly data: unknown;
  readonly metadata?: unknown;
  readonly position?: { readonly commit: Position } | undefined;
}

/** Events of the server itself: stream metadata, statistics, links, tombstones. */
export const isSystemEvent = ({ streamId, type }: ServerEvent): boolean =>
  streamId.startsWith('$') || type.startsWith('$');

/** The event with its schema version among the metadata. */
export const withStoredVersion = (event: NewEvent): NewEvent => {
  const metadata: StoredMetadata = { ...event.metadata, version: event.version };
  return { ...event, metadata };
};

/** Throws an `Error` that names the event when it is not one that was written here: it is never guessed. */
export const toRecorded = (event: ServerEvent): RecordedEvent => {
  const { streamId: stream, id, type, data, created, position } = event;
  if (!position || !isObject(data) || !isStoredMetadata(event.metadata))
    throw new Error(
      `${stream} holds ${type} at revision ${event.revision}, which OpenPIM did not write. ` +
        'Give OpenPIM a database of its own.',
    );
  const { version, ...metadata } = event.metadata;
  const place = { stream, revision: Number(event.revision), position: position.commit };
  return { id, type, version, data, metadata, ...place, recordedAt: created.toISOString() };
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isStoredMetadata = (value: unknown): value is StoredMetadata =>
  isObject(value) && 'version' in value && Number.isSafeInteger(value.version) && 'actor' in value;
