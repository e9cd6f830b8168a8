import type { RecordedEvent } from '@pim/engine';
import { fromCloudEvent, toCloudEvent } from './cloud-event';
import type { Headers, ReceivedMessage } from './message';
import { eventOf } from './spec/events';

const event: RecordedEvent = {
  ...eventOf('roleSchedule-62e90394-/', 7),
  type: 'AssignmentGranted',
  version: 2,
  data: { reason: 'Grüße, 👩🏽', list: [null, 0.1], at: '2026-03-01T08:59:59.000Z' },
  position: 2n ** 60n,
};

const received = (headers: Headers = {}, value: string | null = '{}'): ReceivedMessage => ({
  value: value === null ? null : Buffer.from(value),
  headers: { ...toCloudEvent(event).headers, ...headers },
});

describe('an event as a CloudEvent', () => {
  it('has the attributes in headers, the canonical data as its value and the stream as its key', () => {
    expect(toCloudEvent(event)).toEqual({
      key: 'roleSchedule-62e90394-/',
      value: '{"at":"2026-03-01T08:59:59.000Z","list":[null,0.1],"reason":"Grüße, 👩🏽"}',
      headers: {
        'content-type': 'application/json',
        ce_specversion: '1.0',
        ce_id: event.id,
        ce_source: '/openpim/streams/roleSchedule-62e90394-%2F',
        ce_subject: 'roleSchedule-62e90394-/',
        ce_type: 'io.openpim.roleSchedule.AssignmentGranted.v2',
        ce_time: '2026-03-01T08:59:59.000Z',
        ce_recordedtime: '2026-03-01T09:00:00.000Z',
        ce_sequence: '00000000000000000007',
        ce_partitionkey: 'roleSchedule-62e90394-/',
        ce_correlationid: 'correlation',
        ce_causationid: 'command',
        ce_authtype: 'user',
        ce_authid: 'f2c5…ada',
        openpim_metadata: expect.stringContaining('"authentication":null') as string,
        openpim_position: '1152921504606846976',
      },
    });
  });

  it('took effect when it was recorded if its data do not say', () => {
    expect(toCloudEvent({ ...event, data: {} }).headers.ce_time).toBe(event.recordedAt);
  });

  it('names the trace that it belongs to, where it belongs to one', () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const { headers } = toCloudEvent({ ...event, metadata: { ...event.metadata, traceparent } });
    expect(headers).toMatchObject({ traceparent, ce_traceparent: traceparent });
    expect(fromCloudEvent(received(headers)).metadata.traceparent).toBe(traceparent);
  });

  it('comes back as the very event, from bytes', () => {
    const { headers, value } = toCloudEvent(event);
    const bytes = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(String(text))]));
    expect(fromCloudEvent({ headers: bytes, value: Buffer.from(value ?? '') })).toEqual(event);
  });
});

describe('a message that holds no event', () => {
  it.each([
    ['broken JSON', received({}, '{"a":'), 'the value is no JSON object'],
    ['a list', received({}, '[1]'), 'the value is no JSON object'],
    ['no value', received({}, null), 'the value is no JSON object'],
    ['no headers', { value: Buffer.from('{}') }, 'the header ce_subject is missing'],
    ['a header twice', received({ ce_id: ['a', 'b'] }), 'the header ce_id is missing'],
    ['a type of somebody else', received({ ce_type: 'com.example.thing' }), 'ce_type does not fit'],
    ['a type of another category', received({ ce_type: 'io.openpim.request.Done.v1' }), 'ce_type does not fit'],
    ['a sequence that is no number', received({ ce_sequence: '-1' }), 'ce_sequence is no number'],
    ['a position that is no number', received({ openpim_position: '1e3' }), 'openpim_position is no number'],
    ['metadata without an actor', received({ openpim_metadata: '{}' }), 'names no actor'],
    ['broken metadata', received({ openpim_metadata: 'actor' }), 'openpim_metadata is no JSON object'],
  ])('is refused with the reason: %s', (_, message, reason) => {
    expect(() => fromCloudEvent(message)).toThrow(reason);
  });

  it('may carry names that mean something to JavaScript, and they stay data', () => {
    const read = fromCloudEvent(received({}, '{"__proto__":{"isAdmin":true}}'));
    expect('isAdmin' in read.data).toBe(false);
    expect(Object.keys(read.data)).toEqual(['__proto__']);
  });
});
