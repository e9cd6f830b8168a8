import { createHash } from 'node:crypto';
import { upcast, type EventContract, type StreamContract } from '@pim/contracts';
import type { DomainEvent } from '@pim/kernel';
import type { RecordedEvent } from '../ports/event-store';

const byType = new WeakMap<StreamContract, ReadonlyMap<string, EventContract>>();

const contractsOf = (stream: StreamContract): ReadonlyMap<string, EventContract> => {
  const known = byType.get(stream);
  if (known) return known;
  const contracts = new Map(stream.events.map((contract) => [contract.type, contract]));
  byType.set(stream, contracts);
  return contracts;
};

/**
 * A recorded event in the shape this build works with: older versions are lifted. Throws an `Error` that names stream,
 * type and version on a type or a version this build does not know: it is never guessed.
 */
export const current = (stream: StreamContract, recorded: RecordedEvent): DomainEvent => {
  const { type, version, data } = recorded;
  const contract = contractsOf(stream).get(type);
  if (!contract || version < 1 || version > contract.version) throw unknownEvent(recorded, contract);
  if (version === contract.version) return { type, data };
  return { type, data: upcast(contract, version, data) as object };
};

const unknownEvent = ({ stream, revision, type, version }: RecordedEvent, contract: EventContract | undefined): Error =>
  new Error(
    `${stream} holds ${type} v${version} at revision ${revision}, which this build does not know ` +
      `(${contract ? `it knows up to v${contract.version}` : 'no such type'}). Run the release that wrote it, or a later one.`,
  );

/** The schema version this build writes for an event type. Throws when the stream's contract does not list the type. */
export const writtenVersion = (stream: StreamContract, type: string): number => {
  const contract = contractsOf(stream).get(type);
  if (contract) return contract.version;
  throw new Error(
    `${type} is not an event of ${stream.category} streams. Add it to the stream's contract (this is a bug).`,
  );
};

/**
 * The id of a command's n-th event. The same command and index always give the same id, so a retried append records
 * nothing twice.
 */
export const eventId = (commandId: string, index: number): string => uuidFrom(`${commandId}:${index}`);

/** A UUID in the shape of version 5, from SHA-256: the same text always gives the same id. */
export const uuidFrom = (text: string): string => {
  const hash = createHash('sha256').update(text).digest('hex');
  const variant = ((parseInt(hash.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
};
