import { clientRequestIdOf } from './client-request-id';

describe('the client’s id of its request', () => {
  it.each(['5c2ad4ec-6cf0-4d7f-8b1f-7b9b5a5d1f11', 'x', '~!{}"', 'x'.repeat(128)])('is repeated: %s', (id) =>
    expect(clientRequestIdOf({ 'client-request-id': id }, 'ours')).toBe(id),
  );

  it.each([undefined, '', ' ', 'a b', 'one, two', 'a\r\nSet-Cookie: b', '\u00e9', 'a\u0000', 'x'.repeat(129)])(
    'is ours instead of %j',
    (id) => expect(clientRequestIdOf(id === undefined ? {} : { 'client-request-id': id }, 'ours')).toBe('ours'),
  );

  it('is ours where it was given as a list', () =>
    expect(clientRequestIdOf({ 'client-request-id': ['a', 'b'] }, 'ours')).toBe('ours'));
});
