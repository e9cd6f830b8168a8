import { reasonOf, type Parked, type RecordedEvent } from '@pim/engine';
import { fromCloudEvent } from './cloud-event';
import { headerOf, type OutgoingMessage, type ReceivedMessage } from './message';

/** A message on its way aside: whose group could not handle it, and where it was. */
export interface SetAside {
  readonly group: string;
  /** Unique in its topic, and the same each time the same message is set aside. */
  readonly id: string;
  readonly message: ReceivedMessage;
  readonly reason: string;
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
  },
});

/** What lies aside; null for what OpenPIM did not put there. */
export const fromParkedMessage = (message: ReceivedMessage): SetAside | null => {
  const [group, id, reason] = ['openpim_group', 'openpim_id', 'openpim_reason'].map((name) => headerOf(message, name));
  return group && id && reason !== undefined ? { group, id, message, reason } : null;
};

/** As the bus shows it. What could not be read has no event: then one named `Unreadable` stands for it. */
export const toParked = ({ group, id, message, reason }: SetAside): Parked => ({
  group,
  reason,
  event: eventIn(message) ?? unreadable(id),
});

/** The event in a message; null when there is none that can be read. */
export const eventIn = (message: ReceivedMessage): RecordedEvent | null => {
  const read = readEvent(message);
  return 'event' in read ? read.event : null;
};

/** The event in a message, or why there is none. */
export const readEvent = (
  message: ReceivedMessage,
): { readonly event: RecordedEvent } | { readonly reason: string } => {
  try {
    return { event: fromCloudEvent(message) };
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
