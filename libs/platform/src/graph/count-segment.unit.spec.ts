import { countedUrl } from './count-segment';

describe('the segment $count', () => {
  it.each([
    ['/v1.0/users/$count', '/v1.0/users'],
    ['/beta/users/%24count?$filter=a', '/beta/users?$filter=a'],
    ['/v1.0/groups/1/members/$count/', '/v1.0/groups/1/members'],
  ])('of %s leads to the list', (url, list) => expect(countedUrl('GET', url)).toBe(list));

  it.each([
    ['GET', '/v1.0/$count'],
    ['GET', '/v1.0/users?$count=true'],
    ['GET', '/v1.0/users?a=/$count'],
    ['GET', '/v1.0/users/$counts'],
    ['GET', '/openpim/v1/users/$count'],
    ['PATCH', '/v1.0/users/1/$count'],
    ['DELETE', '/v1.0/users/1/$count'],
    [undefined, '/v1.0/users/$count'],
  ])('is none in %s %s', (method, url) => expect(countedUrl(method, url)).toBe(url));
});
