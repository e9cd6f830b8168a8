import { planBatch, type BatchItem } from './batch-plan';

const base = { origin: 'https://pim.example', version: '/v1.0' };

const get = (id: string, more: Partial<BatchItem> = {}): BatchItem => ({ id, method: 'GET', url: '/me', ...more });

const plan = (...items: BatchItem[]) => planBatch(items, base);

describe('a batch', () => {
  it('puts what others depend on first', () => {
    const order = plan(get('a', { dependsOn: ['b'] }), get('b', { dependsOn: ['c'] }), get('c'), get('d'));
    expect(order.map(({ id }) => id)).toEqual(['c', 'd', 'b', 'a']);
  });

  it.each<[string, BatchItem[], RegExp]>([
    ['ids given twice', [get('a'), get('a')], /id of its own/],
    ['an unknown dependency', [get('a', { dependsOn: ['z'] })], /"a" depends on "z"/],
    ['a request that depends on itself', [get('a', { dependsOn: ['a'] })], /circle: a\./],
    ['a circle', [get('a', { dependsOn: ['b'] }), get('b', { dependsOn: ['a'] }), get('c')], /circle: a, b\./],
    ['headers that are no texts', [get('a', { headers: { prefer: 1 } })], /headers of request "a"/],
    ['a header with a line break', [get('a', { headers: { prefer: 'a\r\nb: c' } })], /headers of request "a"/],
    ['a header whose name is none', [get('a', { headers: { 'pre fer': 'a' } })], /headers of request "a"/],
  ])('is refused for %s', (_name, items, message) => {
    expect(() => plan(...items)).toThrow(message);
  });

  it.each([
    ['/me?$select=id', '/v1.0/me?$select=id'],
    ['me', '/v1.0/me'],
    ['https://pim.example/v1.0/me', '/v1.0/me'],
    ['/roleManagement/../me', '/v1.0/me'],
    ["/users('x')", "/v1.0/users('x')"],
  ])('takes %s for %s', (url, path) => {
    expect(plan(get('a', { url }))).toMatchObject([{ path }]);
  });

  it.each([
    'https://elsewhere.example/v1.0/me',
    'http://pim.example/v1.0/me',
    'https://pim.example/openpim/v1/x',
    'https://pim.example@elsewhere.example/v1.0/me',
    '//elsewhere.example/v1.0/me',
    '/../openpim/v1/x',
    '/..\\openpim/v1/x',
    '/%2e%2e/beta/me',
    'file:///v1.0/me',
  ])('does not go to %s', (url) => {
    expect(() => plan(get('a', { url }))).toThrow(/leads elsewhere/);
  });

  it.each(['/$batch', '$batch', '/%24batch', '/$b%61tch', '/$batch/', '/x/../$batch', '/$batch?x=1'])(
    'holds no other batch: %s',
    (url) => expect(() => plan(get('a', { method: 'POST', url }))).toThrow(/may not hold another/),
  );

  it('keeps headers, but not those of the connection nor another token', () => {
    const headers = { Prefer: 'odata.maxpagesize=2', Authorization: 'Bearer x', HOST: 'y', 'Content-Length': '1' };
    expect(plan(get('a', { headers }))).toMatchObject([{ headers: { prefer: 'odata.maxpagesize=2' } }]);
    expect(Object.keys(plan(get('a', { headers }))[0]?.headers ?? {})).toEqual(['prefer']);
  });
});
