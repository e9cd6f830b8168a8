import type { RoleDefinitionEvent } from '@pim/contracts';
import { fold } from '@pim/kernel';
import { specFor } from '@pim/kernel/spec';
import { roleIn } from './role-definition';
import { roleDefinition } from './role-definition.decide';

const { given } = specFor(roleDefinition);
const now = '2026-03-01T12:00:00.000Z';
const definition = {
  roleDefinitionId: 'role',
  templateId: 'role',
  displayName: 'Helpdesk Administrator',
  description: 'Resets passwords.',
  isBuiltIn: true,
  isEnabled: true,
  isPrivileged: true,
  allowedResourceActions: ['microsoft.directory/users/password/update'],
};
const registered: RoleDefinitionEvent = { type: 'RoleDefinitionRegistered', data: { ...definition, at: now } };

describe('a role definition', () => {
  it('is registered once', () =>
    given()
      .when({ type: 'RegisterRoleDefinition', data: { ...definition, now } })
      .then(registered));

  it('stays as it is when it is registered with other content', () =>
    given(registered)
      .when({ type: 'RegisterRoleDefinition', data: { ...definition, isEnabled: false, now } })
      .thenNothing());

  it('is known by whether it is enabled', () =>
    expect(roleIn(fold(roleDefinition, [registered]), 'role')).toEqual({
      status: 'known',
      isBuiltIn: true,
      isEnabled: true,
    }));
});
