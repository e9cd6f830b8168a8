import fc from 'fast-check';
import { normalisePath } from './index';

const set = '/v1.0/roleManagement/directory/roleAssignmentScheduleRequests';

describe('a path', () => {
  it.each([
    [`${set}('Id-1')`, `${set}/Id-1`],
    [`${set}(Id-1)`, `${set}/Id-1`],
    [`${set}(id='Id-1')`, `${set}/Id-1`],
    ["/v1.0/servicePrincipals(appId='x')", '/v1.0/servicePrincipals/appId=x'],
    ['/v1.0/directoryRoles(roleTemplateId%3D%27x%27)/members', '/v1.0/directoryRoles/roleTemplateId=x/members'],
    [`${set}%28%27Id-1%27%29`, `${set}/Id-1`],
    [`${set}('a%2Fb%20c')/principal`, `${set}/a%2Fb%20c/principal`],
    [`${set}('o''brien')`, `${set}/o'brien`],
    [`${set}('o%27%27brien')`, `${set}/o'brien`],
    ["/beta/p('a')/rules('b')", '/beta/p/a/rules/b'],
    [`${set}/`, set],
    [`${set}///`, set],
    ['/', '/'],
    ['/v1.0', '/v1.0'],
  ])('%s is routed as %s', (raw, plain) => expect(normalisePath(raw)).toBe(plain));

  it.each([
    "filterByCurrentUser(on='principal')",
    'filterByCurrentUser(on=principal)',
    'filterByCurrentUser%28on%3D%27principal%27%29',
    'filterByCurrentUser(on%3d%27principal%27)',
    "filterByCurrentUser(on%20=%20'principal')",
    "microsoft.graph.filterByCurrentUser(on='principal')",
    "FilterByCurrentUser(On='principal')/",
  ])('%s is a function call', (call) =>
    expect(normalisePath(`${set}/${call}?$select=id`)).toBe(`${set}/filterByCurrentUser/principal?$select=id`),
  );

  it.each([
    set,
    `${set}/Id-1/cancel`,
    `${set}('')`,
    `${set}()`,
    `${set}('a','b')`,
    `${set}(a,b)`,
    `${set}('a`,
    `${set}('a')x`,
    `${set})a(`,
    '/(a)',
    `${set}/filterByCurrentUser()`,
    `${set}/filterByCurrentUser(principal)`,
    `${set}/filterByCurrentUser(on='a'b')`,
    "/v1.0/users/o'brien@example.com",
    "/v1.0/set('%zz')/",
    '/v1.0/%',
    '',
  ])('%j is left as it is', (raw) => expect(normalisePath(raw)).toBe(raw));

  it('keeps its query string to the letter', () =>
    expect(normalisePath("/v1.0/set/?%24filter=a('b')/&x=%zz?y/")).toBe("/v1.0/set?%24filter=a('b')/&x=%zz?y/"));

  it('of any text is answered, and normalising it again changes nothing about plain ids', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      "'",
      '%27',
      '%28',
      '%29',
      '%',
      '/',
      '?',
      'on=',
      '%3D',
      'a',
      'filterByCurrentUser',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        expect(typeof normalisePath(pieces.join(''))).toBe('string');
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[\w%.~-]{1,20}$/), (text) => {
        const id = encodeURIComponent(text);
        expect(normalisePath(`/v1.0/set('${id}')/x`)).toBe(`/v1.0/set/${id}/x`);
        expect(normalisePath(`/v1.0/set/${id}/x`)).toBe(`/v1.0/set/${id}/x`);
      }),
    );
  });
});
