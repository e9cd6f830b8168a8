import { DIRECTORY_ROLE } from './directory-role-ids';
import { requireAdministrator } from './privileges';

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
