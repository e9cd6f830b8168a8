import fc from 'fast-check';
import type { Caller, HostileRequest } from './hostile-request';
import { activation, assignment, assignmentRequests, id, role } from './server';
import { bodiesFor } from './valid-bodies';

type Ask = readonly [caller: Caller, route: string, body: object];

const steps = 'PATCH /beta/roleManagement/directory/roleAssignmentApprovals/{approval}/steps/{approval}';
const post = `POST /v1.0/${assignmentRequests}`;
const rule = 'Expiration_EndUser_Assignment';
const policy = `DirectoryRole_e0000000-0000-4000-8000-000000000001_${role.userAdministrator}`;
const [ruleBody = {}] = bodiesFor('roleManagementPolicies/:id/rules/:ruleId');

/** What those who may do it would ask, so that hostile requests meet a tenant in which something goes on. */
const asks: readonly Ask[] = [
  ['alice', steps, { reviewResult: 'Approve', justification: 'Known change' }],
  ['erin', steps, { reviewResult: 'Approve', justification: 'My own' }],
  ['erin', post, activation(id.erin, role.userAdministrator)],
  ['erin', post, assignment('selfDeactivate', id.erin, role.userAdministrator)],
  ['erin', post, activation(id.erin, role.userAdministrator, { justification: null })],
  ['ada', post, assignment('adminAssign', id.heidi, role.userAdministrator)],
  ['ada', post, assignment('adminRemove', id.heidi, role.userAdministrator)],
  ['ada', post, assignment('adminRemove', id.paul, role.privilegedRoleAdministrator)],
  ['frank', `POST /v1.0/${assignmentRequests}/{request}/cancel`, {}],
  ['ada', `PATCH /v1.0/policies/roleManagementPolicies/${policy}/rules/${rule}`, ruleBody],
  [
    'ada',
    `PATCH /v1.0/policies/roleManagementPolicies/${policy}`,
    { rules: [{ ...ruleBody, maximumDuration: 'PT3H' }] },
  ],
  ['ada', 'PATCH /v1.0/users/{user}', { accountEnabled: false }],
  ['ada', `PATCH /v1.0/users/${id.paul}`, { accountEnabled: false }],
];

/** A request that is right in itself; whether it is granted depends on what happened before. */
export const wellMeantRequest: fc.Arbitrary<HostileRequest> = fc.constantFrom(...asks).map(([caller, route, body]) => {
  const [method = '', target = ''] = route.split(' ');
  return { method, target, caller, headers: [['Content-Type', 'application/json']], body: JSON.stringify(body) };
});
