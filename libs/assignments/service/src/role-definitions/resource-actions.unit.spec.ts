import { namespaceOf, resourceActionsOf } from './resource-actions';

const role = (isPrivileged: boolean, ...allowedResourceActions: string[]) => ({
  isPrivileged,
  rolePermissions: [{ allowedResourceActions, condition: null }],
});

describe('the resource actions', () => {
  it('are what built-in roles allow, each once, with the verb behind the id', () => {
    const roles = [role(true, 'a.b/users/password/update', 'a.b/users/disable'), role(true, 'a.b/users/disable')];
    expect(resourceActionsOf(roles)).toMatchObject([
      { id: 'a.b-users-disable', name: 'a.b/users/disable', actionVerb: null },
      { id: 'a.b-users-password-update-patch', name: 'a.b/users/password/update', actionVerb: 'PATCH' },
    ]);
  });

  it('are privileged unless a role without privileges has them, too', () =>
    expect(
      resourceActionsOf([role(true, 'a/x/read', 'a/y/delete'), role(false, 'a/x/read')]).map(({ id, isPrivileged }) => [
        id,
        isPrivileged,
      ]),
    ).toEqual([
      ['a-x-read-get', false],
      ['a-y-delete-delete', true],
    ]));

  it('are in the namespace before the first slash', () => expect(namespaceOf('a.b/c/d')).toBe('a.b'));
});
