import fc from 'fast-check';
import { id, role } from './server';

const policy = `DirectoryRole_e0000000-0000-4000-8000-000000000001_${role.userAdministrator}`;

/**
 * Ids that fit what is in front of them. Those in braces stand for ids that exist only once the server runs; they are
 * replaced when a request is sent.
 */
const fitting: readonly (readonly [RegExp, readonly string[]])[] = [
  [/filterByCurrentUser$/, ['principal', 'approver', 'createdBy', 'target', 'PRINCIPAL']],
  [/(?:roleAssignmentApprovals|steps)$/, ['{approval}']],
  [/ScheduleRequests$/, ['{request}']],
  [/(?:Schedules|ScheduleInstances|roleAssignments)$/, ['{schedule}']],
  [/alerts$/, ['{alert}']],
  [/directoryAudits$/, ['{audit}']],
  [/roleDefinitions$/, [role.userAdministrator, '{role}']],
  [/resourceNamespaces$/, ['microsoft.directory']],
  [/resourceActions$/, ['microsoft.directory-users-password-update-patch']],
  [/roleManagementPolicies$/, [policy]],
  [/roleManagementPolicyAssignments$/, [`${policy}_${role.userAdministrator}`]],
  [/ules$/, ['Expiration_EndUser_Assignment', 'Approval_EndUser_Assignment', 'Notification_Admin_EndUser_Assignment']],
  // Paul is the last of his role: a fuzz that disables its callers, or deletes them, gets nothing but 401.
  [/scheduleRequests$/, ['{request}']],
  [/[uU]sers$/, ['{user}', '{user}', id.paul]],
  [/[gG]roups$/, ['{group}']],
  [/ResourceTypes$/, ['User']],
  [/Schemas$/, ['urn:ietf:params:scim:schemas:core:2.0:User']],
  [/(?:members|owners)$/, ['{user}', id.heidi]],
  [/servicePrincipals$/, ['{application}']],
  [/administrativeUnits$/, ['{unit}']],
  [/directoryObjects$/, [id.erin]],
  [/directoryRoles$/, [role.userAdministrator, `roleTemplateId=${role.userAdministrator}`]],
  [/directoryRoleTemplates$/, [role.userAdministrator]],
  [/emberOf$/, ['microsoft.graph.group', 'microsoft.graph.directoryRole']],
];

const fits = (before: string): readonly string[] => fitting.find(([end]) => end.test(before))?.[1] ?? ['x'];

/** Already encoded, or not at all: sent as they are. */
const crafted = [
  '%00',
  'a%00b',
  '%2F',
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e',
  '..',
  '.',
  '%25%32%66',
  '%0d%0aSet-Cookie:%20a=b',
  '%E0%A4%A',
  '%ff',
  '%',
  '%zz',
  '%ED%A0%80',
  "'",
  "''",
  "'%27'",
  "('x')",
  '(x',
  'x)',
  '((((',
  "(on='principal')",
  '%28on%3D%27principal%27%29',
  "x' or '1' eq '1",
  '$count',
  '$batch',
  ':id',
  '*',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  '[object%20Object]',
  '-1',
  '1e999',
  'x'.repeat(511),
  'x'.repeat(513),
  '%F0%9F%98%80'.repeat(60),
  'x'.repeat(9_000),
  ' ',
  '\u00ff',
  'x#y',
  'x;y=1',
  'x,y',
  'x//y',
  'X'.repeat(3) + '/',
];

const others = fitting.flatMap(([, ids]) => ids);

/** The segment behind this path: mostly one that fits, else an id of something else, or something hostile. */
export const idBehind = (path: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...fits(path)) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
    { weight: 4, arbitrary: fc.constantFrom(...crafted) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }).map(encodeURIComponent) },
    { weight: 1, arbitrary: fc.uuid() },
  );
