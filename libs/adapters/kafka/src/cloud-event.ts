import { categoryOf, type EventMetadata, type RecordedEvent } from '@pim/engine';
import { canonicalJson } from '@pim/kernel';
import { headerOf, type OutgoingMessage, type ReceivedMessage } from './message';

/** CloudEvents' names for who caused an event (its `authcontext` extension). */
const authTypes = { user: 'user', application: 'service_account', system: 'system' } as const;

/** Zero-padded, so that it orders as text. */
const sequenceOf = (revision: number): string => String(revision).padStart(20, '0');

/** Where the ids and the sequence of a stream's events are unique and without gaps. */
const sourceOf = (stream: string): string => `/openpim/streams/${encodeURIComponent(stream)}`;

/** When an event took effect: what it says of itself, or else when it was recorded. */
export const tookEffectAt = ({ data, recordedAt }: RecordedEvent): string =>
  'at' in data && typeof data.at === 'string' ? data.at : recordedAt;

/**
 * A recorded event as a CloudEvent 1.0 in binary mode (`reference/events-and-siem` §5.7): attributes in headers, the stored
 * bytes of its data as the value, its stream as the key. `openpim_` headers hold what CloudEvents has no name for, so that
 * `fromCloudEvent` gives back the very event.
 */
export const toCloudEvent = (event: RecordedEvent): OutgoingMessage => {
  const { id, stream, revision, type, version, metadata } = event;
  return {
    key: stream,
    value: canonicalJson(event.data),
    headers: {
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_id: id,
      ce_source: sourceOf(stream),
      ce_subject: stream,
      ce_type: `io.openpim.${categoryOf(stream)}.${type}.v${version}`,
      ce_time: tookEffectAt(event),
      ce_recordedtime: event.recordedAt,
      ce_sequence: sequenceOf(revision),
      ce_partitionkey: stream,
      ce_correlationid: metadata.correlationId,
      ce_causationid: metadata.causationId,
      ce_authtype: authTypes[metadata.actor.kind],
      ce_authid: metadata.actor.id,
      ...traceOf(metadata),
      openpim_metadata: canonicalJson(metadata),
      openpim_position: String(event.position),
    },
  };
};

/**
 * The trace it belongs to, if any: as CloudEvents' extension for distributed tracing, and under the name that
 * OpenTelemetry's instrumentations of Kafka read.
 */
const traceOf = ({ traceparent }: EventMetadata): OutgoingMessage['headers'] =>
  traceparent ? { ce_traceparent: traceparent, traceparent } : {};

/** The recorded event in a message. Throws an `Error` that names what is wrong with a message that holds none. */
export const fromCloudEvent = (message: ReceivedMessage): RecordedEvent => {
  const stream = required(message, 'ce_subject');
  return {
    id: required(message, 'ce_id'),
    ...typeOf(required(message, 'ce_type'), categoryOf(stream)),
    data: objectIn(message.value?.toString() ?? '', 'the value'),
    metadata: metadataOf(message),
    stream,
    revision: Number(digits(message, 'ce_sequence')),
    position: BigInt(digits(message, 'openpim_position')),
    recordedAt: required(message, 'ce_recordedtime'),
  };
};

const required = (message: ReceivedMessage, name: string): string => {
  const text = headerOf(message, name);
  if (text) return text;
  throw new Error(`not an event of OpenPIM: the header ${name} is missing`);
};

const digits = (message: ReceivedMessage, name: string): string => {
  const text = required(message, name);
  if (/^\d{1,20}$/.test(text)) return text;
  throw new Error(`not an event of OpenPIM: the header ${name} is no number`);
};

/** `io.openpim.request.RequestSubmitted.v1` → type and version, when it is of this category. */
const typeOf = (name: string, category: string): Pick<RecordedEvent, 'type' | 'version'> => {
  const [, of, type, version] = /^io\.openpim\.([A-Za-z]+)\.([A-Za-z]+)\.v(\d{1,9})$/.exec(name) ?? [];
  if (type && version && of === category) return { type, version: Number(version) };
  throw new Error('not an event of OpenPIM: the header ce_type does not fit the stream in ce_subject');
};

const metadataOf = (message: ReceivedMessage): EventMetadata => {
  const metadata = objectIn(required(message, 'openpim_metadata'), 'the header openpim_metadata');
  if ('actor' in metadata && typeof metadata.actor === 'object') return metadata as EventMetadata;
  throw new Error('not an event of OpenPIM: the header openpim_metadata names no actor');
};

/** Nothing of the text is repeated in the error: it may say anything. */
const objectIn = (text: string, where: string): object => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Said below.
  }
  throw new Error(`not an event of OpenPIM: ${where} is no JSON object`);
};
