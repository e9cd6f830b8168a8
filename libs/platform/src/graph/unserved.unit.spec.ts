import { unservedReason } from './unserved';

const routes = [
  'GET /v1.0/users',
  'POST /v1.0/users',
  'GET /v1.0/users/:id',
  'GET /v1.0/roleManagement/directory/roleDefinitions',
  'GET /health/live',
];

describe('a request without a route', () => {
  it.each([
    ['DELETE', '/v1.0/users', 'GET, POST'],
    ['HEAD', '/v1.0/users/7?$select=id', 'GET'],
    ['POST', '/v1.0/%75sers/7', 'GET'],
    ['POST', '/health/live', 'GET'],
  ])('%s %s is answered 405 with what is allowed', (method, url, allow) => {
    expect(unservedReason(method, url, routes)).toMatchObject({
      status: 405,
      code: 'Request_UnsupportedQuery',
      headers: { Allow: allow },
    });
  });

  it.each(['/v1.0/roleManagement/directory', '/v1.0/roleManagement?$top=1'])('%s ends too early', (url) =>
    expect(unservedReason('GET', url, routes)).toMatchObject({ status: 400, code: 'Request_InvalidRequestUrl' }),
  );

  it.each([
    ['/v1.0/nothing', 'nothing'],
    ['/v1.0/users/7/nothing', 'nothing'],
    ['/v1.0/roleManagement/cloud/roleDefinitions', 'cloud'],
    ['/', ''],
    ['/v1.0', ''],
    ['/v3.0/users', 'v3.0'],
    ['/v1.0//users', ''],
    ['/v1.0/users//', ''],
    [`/v1.0/${'x'.repeat(100)}`, `${'x'.repeat(64)}…`],
  ])('%s is nowhere', (url, segment) =>
    expect(unservedReason('GET', url, routes)).toMatchObject({
      status: 404,
      code: 'Request_ResourceNotFound',
      message: `Resource not found for the segment '${segment}'.`,
    }),
  );
});
