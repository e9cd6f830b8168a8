import { isPublic } from './permission-row';
import { delegatedScopes, permissionTable } from './permission-table';
import { missingRows, rowFor } from './row-for';

describe('the permission table', () => {
  it('has one row per route', () => {
    const routes = permissionTable.map(({ route }) => route);
    expect(routes).toEqual([...new Set(routes)]);
  });

  it('lets nobody in without a permission except on public rows', () => {
    for (const row of permissionTable) if (!isPublic(row)) expect(row.delegated).not.toEqual([]);
    expect(permissionTable.filter(isPublic).map(({ route }) => route)).toEqual([
      'GET /scim/v2/ServiceProviderConfig',
      'GET /scim/v2/ResourceTypes',
      'GET /scim/v2/ResourceTypes/:id',
      'GET /scim/v2/Schemas',
      'GET /scim/v2/Schemas/:id',
      'GET /',
      'GET /$metadata',
      'GET /openapi.json',
      'GET /asyncapi.yaml',
      'GET /schemas/:file',
      'GET /health/live',
      'GET /health/ready',
      'GET /health/startup',
      'GET /metrics',
      'ANY /idp/*',
    ]);
  });

  it('knows every delegated scope once', () => {
    expect(delegatedScopes()).toContain('RoleAssignmentSchedule.Remove.Directory');
    expect(delegatedScopes()).toContain('User.Read');
    expect(new Set(delegatedScopes()).size).toBe(delegatedScopes().length);
  });
});

describe('a row', () => {
  const requests = '/roleManagement/directory/roleAssignmentScheduleRequests';

  it.each([
    [`/v1.0${requests}/:id`],
    [`/beta${requests}/:requestId`],
    [`/:version(^v1\\.0|beta$)${requests}/:id`],
    [`/:version${requests}/:id/`],
    [`${requests}/:id`],
  ])('is found for %s', (url) => expect(rowFor('get', url)?.route).toBe(`GET ${requests}/:id`));

  it('of GET serves HEAD', () => expect(rowFor('HEAD', '/v1.0/me')?.route).toBe('GET /me'));

  it.each(['/idp', '/idp/*', '/idp/.well-known/openid-configuration'])('of the issuer covers %s', (url) =>
    expect(rowFor('POST', url)?.route).toBe('ANY /idp/*'),
  );

  it('is missing for what the table does not name', () => {
    expect(
      missingRows(['GET /v1.0/me', 'PUT /v1.0/users/:id', 'GET /idpx', `GET /v2.0${requests}`, 'GET /v1.0/me/:id']),
    ).toEqual(['PUT /v1.0/users/:id', 'GET /idpx', `GET /v2.0${requests}`, 'GET /v1.0/me/:id']);
  });
});
