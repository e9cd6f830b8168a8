import { customRoleActions } from './custom-role-actions';
import { actionFinder, namespaceOf, resourceActionsOf } from './resource-actions';

const role = (isPrivileged: boolean, ...allowedResourceActions: string[]) => ({
  isPrivileged,
  rolePermissions: [{ allowedResourceActions, condition: null }],
});

/** Without those that custom roles have alone. */
const ofBuiltIn = (...roles: ReturnType<typeof role>[]) =>
  resourceActionsOf(roles).filter(({ name }) => !customRoleActions.includes(name));

describe('the resource actions', () => {
  it('are what built-in roles allow, each once, with the verb behind the id', () =>
    expect(
      ofBuiltIn(role(true, 'a.b/users/password/update', 'a.b/users/disable'), role(true, 'a.b/users/disable')),
    ).toMatchObject([
      { id: 'a.b-users-disable', name: 'a.b/users/disable', actionVerb: null },
      { id: 'a.b-users-password-update-patch', name: 'a.b/users/password/update', actionVerb: 'PATCH' },
    ]));

  it('are privileged unless a role without privileges has them, too', () =>
    expect(
      ofBuiltIn(role(true, 'a/x/read', 'a/y/delete'), role(false, 'a/x/read')).map(({ id, isPrivileged }) => [
        id,
        isPrivileged,
      ]),
    ).toEqual([
      ['a-x-read-get', false],
      ['a-y-delete-delete', true],
    ]));

  it.each([
    ['of a built-in role, in any case', 'A/X/read', 'a/x/read'],
    [
      'that only custom roles have',
      'microsoft.directory/applications.myOrganization/basic/update',
      'microsoft.directory/applications.myOrganization/basic/update',
    ],
    [
      'that names an app consent policy',
      'microsoft.directory/servicePrincipals/managePermissionGrantsForSelf.low-risk',
      'microsoft.directory/servicePrincipals/managePermissionGrantsForSelf.low-risk',
    ],
    ['that does not exist', 'microsoft.directory/servicePrincipals/managePermissionGrantsForSelf.', undefined],
  ])('are found: one %s', (_which, name, found) =>
    expect(actionFinder(resourceActionsOf([role(true, 'a/x/read')]))(name)?.name).toBe(found),
  );

  it('are in the namespace before the first slash', () => expect(namespaceOf('a.b/c/d')).toBe('a.b'));
});
