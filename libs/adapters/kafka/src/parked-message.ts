import type { Instant } from '@pim/contracts';
import { categoryOf, reasonOf, type Parked, type RecordedEvent } from '@pim/engine';
import { fromCloudEvent } from './cloud-event';
import { headerOf, type OutgoingMessage, type ReceivedMessage } from './message';
import { carries } from './topics';

/** A message on its way aside: whose group could not handle it, and where it was. */
export interface SetAside {
  readonly group: string;
  /** Unique in its topic, and the same each time the same message is set aside. */
  readonly id: string;
  readonly message: ReceivedMessage;
  readonly reason: string;
  /** When it was set aside first. */
  readonly since: Instant;
  /** How often its handler failed with it; 0 for what could not be read. */
  readonly tries: number;
}

/** The key under which it lies on the parked topic: once, however often it was delivered and failed. */
export const keyOf = ({ group, id }: Pick<SetAside, 'group' | 'id'>): string => `${group}/${id}`;

/** The message as it came, with who could not handle it and why. */
export const toParkedMessage = (aside: SetAside): OutgoingMessage => ({
  key: keyOf(aside),
  value: aside.message.value ?? '',
  headers: {
    ...aside.message.headers,
    openpim_group: aside.group,
    openpim_id: aside.id,
    openpim_reason: aside.reason,
    openpim_since: aside.since,
    openpim_tries: String(aside.tries),
  },
});

const names = ['openpim_group', 'openpim_id', 'openpim_reason', 'openpim_since', 'openpim_tries'];

/** What lies aside; null for what OpenPIM did not put there. */
export const fromParkedMessage = (message: ReceivedMessage): SetAside | null => {
  const [group, id, reason, since, tries] = names.map((name) => headerOf(message, name));
  if (!group || !id || reason === undefined || !since) return null;
  return { group, id, message, reason, since, tries: Number(tries) };
};

/** As the bus shows it. What could not be read has no event: then one named `Unreadable` stands for it. */
export const toParked = ({ group, id, message, reason, since, tries }: SetAside, topic: string): Parked => {
  const read = readEvent(message, topic);
  return { group, reason, since, tries, event: 'event' in read ? read.event : unreadable(id) };
};

/** The event in a message of a topic, or why there is none that belongs there. */
export const readEvent = (
  message: ReceivedMessage,
  topic: string,
): { readonly event: RecordedEvent } | { readonly reason: string } => {
  try {
    const event = fromCloudEvent(message);
    return carries(topic, categoryOf(event.stream)) ? { event } : { reason: 'an event that belongs on another topic' };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
};

const unreadable = (id: string): RecordedEvent => ({
  id,
  type: 'Unreadable',
  version: 1,
  data: {},
  metadata: { actor: { id: 'system:kafka', kind: 'system' }, authentication: null, correlationId: id, causationId: id },
  stream: `unreadable-${id}`,
  revision: 0,
  position: 0n,
  recordedAt: '1970-01-01T00:00:00.000Z',
});
