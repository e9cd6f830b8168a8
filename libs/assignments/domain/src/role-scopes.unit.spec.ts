import { canBeHeldAt, type ScopableRole } from './role-scopes';

type Case = readonly [roleDefinitionId: string, role: ScopableRole];

const builtIn = (roleDefinitionId: string): Case => [roleDefinitionId, { isBuiltIn: true }];
const custom = (...actions: string[]): Case => [
  'custom',
  { isBuiltIn: false, rolePermissions: actions.map((action) => ({ allowedResourceActions: [action] })) },
];
const [tenant, unit, object] = [
  { kind: 'tenant' },
  { kind: 'administrativeUnit', id: 'u' },
  { kind: 'object', id: 'o' },
] as const;

it.each<[string, Case, boolean, boolean]>([
  ['Helpdesk Administrator', builtIn('729827e3-9c14-49f7-bb1b-9608f156bbb8'), true, false],
  ['Application Administrator', builtIn('9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3'), false, true],
  ['Global Administrator', builtIn('62e90394-69f5-4237-9190-012177145e10'), false, false],
  ['a custom role about people', custom('microsoft.directory/users/password/update'), true, false],
  ['a custom role about applications', custom('microsoft.directory/applications/credentials/update'), false, true],
  [
    'a custom role about something else',
    custom('microsoft.directory/usersAndMore/read', 'microsoft.azure/x'),
    false,
    false,
  ],
])(
  '%s can be held in the tenant, and in a unit or at an object where it has a meaning',
  (_name, role, atUnit, atObject) => {
    expect([canBeHeldAt(...role, tenant), canBeHeldAt(...role, unit), canBeHeldAt(...role, object)]).toEqual([
      true,
      atUnit,
      atObject,
    ]);
  },
);
