import { callIn, callOf, commandFor, commandIdOf, emergencyIdOf } from './call';

const authentication = { amr: ['pwd', 'mfa'], acr: '1', acrs: ['c1'], authTime: '2026-03-02T08:00:00.000Z' };
const caller = { id: 'erin', kind: 'user', authentication } as const;
const sent = { caller, clientRequestId: 'k1', url: '/v1.0/users', body: { a: 1, b: [2] } };
const call = callOf(sent);
const now = '2026-03-03T08:00:00.000Z';
const known = { ...call, use: 3, at: '2026-03-02T08:00:00.000Z' };

describe('a call', () => {
  it.each([
    ['members in another order', { body: { b: [2], a: 1 } }],
    [
      'a token got later in the same way',
      { caller: { ...caller, authentication: { ...authentication, amr: ['mfa', 'pwd'], authTime: now } } },
    ],
  ])('is the same with %s', (_name, change) => expect(callOf({ ...sent, ...change })).toEqual(call));

  it.each([
    ['another caller', { caller: { ...caller, id: 'frank' } }],
    ['an application', { caller: { ...caller, kind: 'application' as const } }],
    ['another id', { clientRequestId: 'k2' }],
    ['a step-up', { caller: { ...caller, authentication: { ...authentication, acrs: ['c1', 'c2'] } } }],
  ])('has another key with %s', (_name, change) => expect(callOf({ ...sent, ...change }).key).not.toBe(call.key));

  it.each([
    ['another path', { url: '/beta/users' }],
    ['another body', { body: { a: 1, b: [3] } }],
    ['no body', { body: undefined }],
  ])('has the same key and another fingerprint with %s', (_name, change) => {
    const other = callOf({ ...sent, ...change });
    expect(other.key).toBe(call.key);
    expect(other.fingerprint).not.toBe(call.fingerprint);
  });
});

describe("a call's command id", () => {
  it('is the first one under a new key', () =>
    expect(commandFor(call, null, now)).toEqual({ commandId: commandIdOf(call, 1), isRepeated: false }));

  it('stays while it is remembered, to the end of the 24th hour', () =>
    expect(commandFor(call, known, now)).toEqual({ commandId: commandIdOf(call, 3), isRepeated: true }));

  it('is another one when it is forgotten, whatever it asks for', () => {
    const later = '2026-03-03T08:00:00.001Z';
    const other = { ...call, fingerprint: '0'.repeat(32) };
    for (const next of [call, other])
      expect(commandFor(next, known, later)).toEqual({ commandId: commandIdOf(next, 4), isRepeated: false });
  });

  it('is none for another call under its key', () =>
    expect(() => commandFor({ ...call, fingerprint: '0'.repeat(32) }, known, now)).toThrow(/used for another request/));

  it('tells of its call, also as a part of one', () => {
    expect(callIn(commandIdOf(call, 3))).toEqual({ ...call, use: 3 });
    expect(callIn(`${commandIdOf(call, 3)}:attributes`)).toEqual({ ...call, use: 3 });
  });

  it.each([
    'set-up:x',
    '4f0c0cf4-5f5c-4b4c-9d5a-3a5d3f6b7a10',
    'call:x:y:1',
    emergencyIdOf(call),
    `${commandIdOf(call, 3)}0x`,
  ])('is not %s', (id) => expect(callIn(id)).toBeNull());
});
