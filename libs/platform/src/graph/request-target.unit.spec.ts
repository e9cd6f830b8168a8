import { hasUsableHost, takeOriginForm } from './request-target';

const target = (url: string, host?: string) => ({
  url,
  headers: host === undefined ? {} : { host },
  rawHeaders: host === undefined ? [] : ['Host', host],
  httpVersion: '1.1',
});

describe('the target of a request', () => {
  it.each([
    ['http://pim.example/v1.0/me?$select=id', '/v1.0/me?$select=id', 'pim.example'],
    ['HTTPS://pim.example:8080/beta/me', '/beta/me', 'pim.example:8080'],
    ['http://pim.example', '/', 'pim.example'],
    ['http://pim.example?x=1', '/?x=1', 'pim.example'],
    ['http://user@pim.example/me', '/me', 'user@pim.example'],
    ['http:///me', '/me', ''],
  ])('%s becomes a path, and its host the host', (url, path, host) => {
    const request = target(url, 'other.example');
    takeOriginForm(request);
    expect(request).toMatchObject({ url: path, headers: { host } });
  });

  it.each(['/v1.0/me', '/v1.0/users/http://x', '*', '//v1.0/me', 'ftp://x/y'])('%s stays as it is', (url) => {
    const request = target(url, 'pim.example');
    takeOriginForm(request);
    expect(request).toEqual(target(url, 'pim.example'));
  });
});

describe('the host of a request', () => {
  it.each(['localhost', 'pim.example:8080', '127.0.0.1', '[::1]:8080', '[::ffff:127.0.0.1]', 'a_b-c.example'])(
    'may be %s',
    (host) => expect(hasUsableHost(target('/', host))).toBe(true),
  );

  it.each(['', ' ', 'a b', 'a"b', 'a/b', 'a?b', 'a#b', 'user@a', 'a:b', 'a:123456', '[::1', 'a,b', 'é', 'a\\b', '<x>'])(
    'may not be %j',
    (host) => expect(hasUsableHost(target('/', host))).toBe(false),
  );

  it('is given once', () => {
    const twice = { ...target('/', 'a.example'), rawHeaders: ['Host', 'a.example', 'hOST', 'b.example'] };
    expect(hasUsableHost(twice)).toBe(false);
    const other = { ...target('/', 'a.example'), rawHeaders: ['X', 'host', 'Host', 'a.example'] };
    expect(hasUsableHost(other)).toBe(true);
  });

  it('may be left out before HTTP/1.1 only', () => {
    expect(hasUsableHost(target('/'))).toBe(false);
    expect(hasUsableHost({ ...target('/'), httpVersion: '1.0' })).toBe(true);
  });
});
