import { isSystemEvent, toRecorded, type ServerEvent } from './recorded-event';

const event: ServerEvent = {
  streamId: 'request-1',
  id: '00000000-0000-5000-8000-000000000001',
  type: 'Happened',
  revision: 3n,
  created: new Date('2026-03-01T09:00:00.000Z'),
  data: { a: 1 },
  metadata: {
    actor: { id: 'ada', kind: 'user' },
    authentication: null,
    correlationId: 'c',
    causationId: 'c',
    version: 2,
  },
  position: { commit: 640n },
};

describe('an event of the server', () => {
  it.each<[string, Partial<ServerEvent>]>([
    ['without metadata', { metadata: undefined }],
    ['whose metadata are not JSON', { metadata: new Uint8Array([1]) }],
    ['without a schema version', { metadata: { actor: { id: 'ada', kind: 'user' } } }],
    ['of another application', { metadata: { version: 1, userId: 'ada' } }],
    ['whose data are not an object', { data: 'text' }],
    ['without a position', { position: undefined }],
  ])('is not guessed: %s', (_, change) => {
    expect(() => toRecorded({ ...event, ...change })).toThrow(/request-1 holds Happened at revision 3/);
  });

  it.each<[Partial<ServerEvent>, boolean]>([
    [{}, false],
    [{ type: '$streamDeleted' }, true],
    [{ streamId: '$$request-1', type: '$metadata' }, true],
    [{ streamId: '$stats-127.0.0.1:2113' }, true],
  ])('is the server’s own when its stream or type begins with a dollar: %j %j', (change, isSystem) => {
    expect(isSystemEvent({ ...event, ...change })).toBe(isSystem);
  });
});
