import type { Caller } from './caller';
import { DIRECTORY_ROLE } from './directory-role-ids';
import { requireAdministrator, requireSubjectOrReader } from './privileges';

const erin: Caller = {
  id: 'erin',
  kind: 'user',
  appId: null,
  scopes: [],
  appRoles: [],
  authentication: { amr: [], acr: null, acrs: [], authTime: null },
};

describe('an administrator', () => {
  it.each([DIRECTORY_ROLE.privilegedRoleAdministrator, DIRECTORY_ROLE.globalAdministrator])('holds %s', (id) =>
    expect(() => requireAdministrator([id])).not.toThrow(),
  );

  it('is nobody else', () => {
    expect(() => requireAdministrator([])).toThrow('Insufficient privileges');
    expect(() => requireAdministrator([DIRECTORY_ROLE.userAdministrator, DIRECTORY_ROLE.globalReader])).toThrow(
      'Insufficient privileges',
    );
  });
});

describe('what concerns somebody', () => {
  it('is shown to them', () => expect(() => requireSubjectOrReader(erin, [], ['ada', 'erin'])).not.toThrow());

  it('is shown to readers and to applications', () => {
    expect(() => requireSubjectOrReader(erin, [DIRECTORY_ROLE.securityReader], ['ada'])).not.toThrow();
    expect(() => requireSubjectOrReader({ ...erin, kind: 'application' }, [], ['ada'])).not.toThrow();
  });

  it('is hidden from everybody else', () =>
    expect(() => requireSubjectOrReader(erin, [DIRECTORY_ROLE.userAdministrator], ['ada'])).toThrow(
      'Insufficient privileges',
    ));
});
