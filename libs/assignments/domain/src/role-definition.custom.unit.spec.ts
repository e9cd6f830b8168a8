import type { Actor, CustomRole, RoleDefinitionEvent } from '@pim/contracts';
import { fold } from '@pim/kernel';
import { specFor } from '@pim/kernel/spec';
import { roleIn } from './role-definition';
import type { CatalogueFacts, CreateRoleDefinition, DeleteRoleDefinition } from './role-definition.custom.decide';
import { roleDefinition, type RoleDefinitionCommand } from './role-definition.decide';

const { given } = specFor(roleDefinition);
const now = '2026-03-01T12:00:00.000Z';
const by: Actor = { id: 'paul', kind: 'user' };

const role: CustomRole = {
  displayName: 'Password Desk',
  description: null,
  isEnabled: true,
  isPrivileged: false,
  version: '1.0',
  rolePermissions: [{ allowedResourceActions: ['microsoft.directory/users/password/update'] }],
};

const created = (roleDefinitionId = 'desk', more: Partial<CustomRole> = {}): RoleDefinitionEvent => ({
  type: 'RoleDefinitionCreated',
  data: { roleDefinitionId, ...role, ...more, by, at: now },
});

const deleted: RoleDefinitionEvent = { type: 'RoleDefinitionDeleted', data: { roleDefinitionId: 'desk', by, at: now } };

const facts: CatalogueFacts = { unknownActions: [], isNameOfBuiltIn: false };

type Facts = Partial<CreateRoleDefinition['data']['facts']>;

const create = (
  more: Partial<CustomRole> = {},
  other: Facts = {},
  roleDefinitionId = 'desk',
): RoleDefinitionCommand => ({
  type: 'CreateRoleDefinition',
  data: { roleDefinitionId, role: { ...role, ...more }, facts: { ...facts, isIdOfBuiltIn: false, ...other }, by, now },
});

const update = (changes: Partial<CustomRole>, other: Partial<CatalogueFacts> = {}): RoleDefinitionCommand => ({
  type: 'UpdateRoleDefinition',
  data: { roleDefinitionId: 'desk', changes, facts: { ...facts, ...other }, by, now },
});

const remove = (isAssigned: boolean): DeleteRoleDefinition => ({
  type: 'DeleteRoleDefinition',
  data: { roleDefinitionId: 'desk', isAssigned, by, now },
});

const many = (count: number): RoleDefinitionEvent[] =>
  Array.from({ length: count }, (_, index) => created(`role ${index}`, { displayName: `Role ${index}` }));

describe('a custom role', () => {
  it('is created once, and the same again is silence', () => given().when(create()).then(created()));

  it.each<[string, RoleDefinitionEvent[], RoleDefinitionCommand, string]>([
    [
      'under the name of another one, in any case',
      [created('other')],
      create({ displayName: 'PASSWORD desk' }),
      'Request_BadRequest',
    ],
    [
      'under a name that reads like another one',
      [created('other')],
      create({ displayName: ' Ｐassword Desk ' }),
      'Request_BadRequest',
    ],
    ['under a name of nothing but spaces', [], create({ displayName: ' \u00a0' }), 'Request_BadRequest'],
    ['under the name of a built-in role', [], create({}, { isNameOfBuiltIn: true }), 'Request_BadRequest'],
    ['with actions that do not exist', [], create({}, { unknownActions: ['a/b'] }), 'Request_BadRequest'],
    ['under the id of a built-in role', [], create({}, { isIdOfBuiltIn: true }), 'Conflict'],
    ['under the id of another one', [created()], create({ displayName: 'Another Desk' }), 'Conflict'],
    ['under an id that was deleted', [created(), deleted], create(), 'Conflict'],
    ['as the 101st', many(100), create(), 'Request_BadRequest'],
  ])('is not created %s', (_why, history, command, code) =>
    given(...history)
      .when(command)
      .thenRejected(code),
  );

  it('is created as the hundredth, under a name that is free again', () =>
    given(...many(99), created('other'), {
      ...deleted,
      data: { ...deleted.data, roleDefinitionId: 'other' },
    } as RoleDefinitionEvent)
      .when(create())
      .then(created()));

  it('records what differs when it is updated, and nothing else', () =>
    given(created())
      .when(update({ displayName: role.displayName, description: 'Resets passwords', isEnabled: false }))
      .then({
        type: 'RoleDefinitionUpdated',
        data: { roleDefinitionId: 'desk', changed: { description: 'Resets passwords', isEnabled: false }, by, at: now },
      }));

  it('is not renamed to a name that is taken', () =>
    given(created(), created('other', { displayName: 'Other' }))
      .when(update({ displayName: 'other' }))
      .thenRejected('Request_BadRequest'));

  it('may be spelled in another way', () =>
    given(created())
      .when(update({ displayName: 'PASSWORD DESK' }))
      .then({
        type: 'RoleDefinitionUpdated',
        data: { roleDefinitionId: 'desk', changed: { displayName: 'PASSWORD DESK' }, by, at: now },
      }));

  it('is deleted when nobody has it', () => given(created()).when(remove(false)).then(deleted));

  it('stays while somebody has it, and that is on record', () => {
    const state = fold(roleDefinition, [created()]);
    const events = roleDefinition.decide(remove(true), state);
    expect(events).toMatchObject([{ type: 'RoleDefinitionDeleteRefused', data: { code: 'Request_BadRequest', by } }]);
    expect(roleIn(events.reduce(roleDefinition.evolve, state), 'desk')).toMatchObject({ status: 'known', ...role });
  });

  it.each([update({ isEnabled: false }), remove(false)])('is not there for $type before it was created', (command) =>
    given(created('other')).when(command).thenRejected('Request_ResourceNotFound'),
  );

  it('is gone after it was deleted: no later change brings it back', () => {
    given(created(), deleted)
      .when(update({ isEnabled: false }))
      .thenRejected('Request_ResourceNotFound');
    expect(roleIn(fold(roleDefinition, [created(), deleted]), 'desk')).toEqual({ status: 'deleted' });
  });
});
