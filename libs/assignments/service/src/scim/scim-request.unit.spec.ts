import { rootOf } from './scim-request';

describe('where SCIM begins', () => {
  it('is beside Graph, also where a proxy puts both under a path of their own', () => {
    expect(rootOf({ base: 'http://127.0.0.1:8080/v1.0', version: 'v1.0' })).toBe('http://127.0.0.1:8080/scim/v2');
    expect(rootOf({ base: 'https://idm.example/pim/v1.0', version: 'v1.0' })).toBe('https://idm.example/pim/scim/v2');
  });
});
