import type { Row } from '../row';

const actives = 'roleManagement/directory/roleAssignmentScheduleRequests';
const eligibles = 'roleManagement/directory/roleEligibilityScheduleRequests';
const failed = 'RoleAssignmentRequestPolicyValidationFailed';

const expiration = (parts: object) => ({ scheduleInfo: { expiration: parts } });

const activate = (role: string, more: object = {}) => ({
  action: 'selfActivate',
  principalId: '{erin}',
  roleDefinitionId: role,
  directoryScopeId: '/',
  justification: 'Reset a locked account',
  ...expiration({ type: 'afterDuration', duration: 'PT1H' }),
  ...more,
});

const refused = (says: string, body: unknown, code: string, more: Partial<Row> = {}): Row => ({
  section: '5.2',
  says,
  ask: `POST ${actives}`,
  as: 'erin',
  body,
  ...more,
  answer: { status: 400, code, ...more.answer },
});

const rule = (name: string, says: string, body: unknown, more: Partial<Row> = {}): Row =>
  refused(says, body, failed, {
    ...more,
    section: '5.3',
    answer: { status: 400, code: failed, says: name },
  });

const ua = '{userAdministrator}';

/** reference §5: every documented code this server has a reason to answer. */
export const refusals: readonly Row[] = [
  refused('an unknown role', activate('{nowhere}'), 'RoleNotFound'),
  refused(
    'an unknown principal',
    { ...activate(ua), action: 'adminAssign', principalId: '{nowhere}' },
    'SubjectNotFound',
    { as: 'paul' },
  ),
  refused('nothing to activate', activate('{globalAdministrator}'), 'RoleAssignmentDoesNotExist'),
  refused('a scope that is not there', activate(ua, { directoryScopeId: '/{nowhere}' }), 'InvalidScope'),
  refused('a scope the role is not for', activate(ua, { directoryScopeId: '/{helpdesk}' }), 'Request_BadRequest'),
  refused('no scope at all', { ...activate(ua), directoryScopeId: undefined }, 'InvalidRoleAssignmentRequest'),
  refused('two scopes', activate(ua, { appScopeId: '/x' }), 'InvalidRoleAssignmentRequest'),
  refused('no action', activate(ua, { action: null }), 'BadRequest', {
    answer: { status: 400, code: 'BadRequest', says: 'Parameter name: action' },
  }),
  refused('an action that does not exist', activate(ua, { action: 'selfDestruct' }), 'InvalidRoleAssignmentRequest'),
  refused('a body that is no JSON', '{"action":', 'BadRequest'),
  rule('JustificationRule', 'no reason', activate(ua, { justification: '  ' })),
  rule('MfaRule', 'no second factor', activate(ua), { signIn: { mfa: false } }),
  rule('TicketingRule', 'no ticket', activate('{helpdeskAdministrator}')),
  rule('ExpirationRule', 'longer than allowed', activate(ua, expiration({ type: 'afterDuration', duration: 'PT9H' }))),
  rule('ExpirationRule', 'an activation for good', activate(ua, expiration({ type: 'noExpiration' }))),
  rule(
    'JustificationRule',
    'several rules at once, all of them named',
    activate('{helpdeskAdministrator}', { justification: null }),
    { signIn: { mfa: false } },
  ),
  refused(
    'an authentication context that is missing',
    activate('{exchangeAdministrator}'),
    'RoleAssignmentRequestAcrsValidationFailed',
    {
      section: '5.4',
      answer: {
        status: 400,
        code: 'RoleAssignmentRequestAcrsValidationFailed',
        says: '&claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%22value%22%3A%22c1%22%7D%7D%7D',
      },
    },
  ),
  {
    section: '5.4',
    says: 'the same with it',
    ask: `POST ${actives}`,
    as: 'erin',
    signIn: { acrs: ['c1'] },
    body: activate('{exchangeAdministrator}'),
    answer: { status: 201, body: { status: 'Provisioned' } },
  },
  refused(
    'less than five minutes',
    activate(ua, expiration({ type: 'afterDuration', duration: 'PT4M' })),
    'ActiveDurationTooShort',
  ),
  refused(
    'an end before its start',
    activate(ua, {
      scheduleInfo: {
        startDateTime: '2026-03-03T08:00:00Z',
        expiration: { type: 'afterDateTime', endDateTime: '2026-03-03T07:00:00Z' },
      },
    }),
    'InvalidRoleAssignmentRequestSchedule',
  ),
  refused(
    'an end in the past',
    activate(ua, expiration({ type: 'afterDateTime', endDateTime: '2020-01-01T00:00:00Z' })),
    'InvalidRoleAssignmentRequestSchedule',
  ),
  refused(
    'a type without its value',
    activate(ua, expiration({ type: 'afterDuration' })),
    'InvalidRoleAssignmentRequestSchedule',
  ),
  refused(
    'a recurrence',
    activate(ua, { scheduleInfo: { recurrence: { pattern: {}, range: {} } } }),
    'InvalidRoleAssignmentRequestSchedule',
  ),
  {
    section: '5.6',
    says: 'activating for somebody else',
    ask: `POST ${actives}`,
    as: 'frank',
    body: activate(ua),
    answer: { status: 403, code: 'Authorization_RequestDenied' },
    differs: 'Microsoft publishes no code; ours is the one for acting without the right to.',
  },
  {
    section: '5.2',
    says: 'an administrator’s action by somebody who is none',
    ask: `POST ${eligibles}`,
    as: 'erin',
    body: { ...activate(ua), action: 'adminAssign' },
    answer: { status: 403, code: 'Authorization_RequestDenied', says: 'Insufficient privileges' },
  },
  {
    section: '1.3',
    says: 'a self action by an application',
    ask: `POST ${actives}`,
    as: 'automation',
    body: activate(ua),
    answer: { status: 403 },
  },
  {
    section: '5.2',
    says: 'a token without the scope, which is named',
    ask: `POST ${actives}`,
    as: 'erin',
    signIn: { scopes: ['RoleManagement.Read.Directory'] },
    body: activate(ua),
    answer: { status: 403, code: 'PermissionScopeNotGranted', says: 'RoleAssignmentSchedule.ReadWrite.Directory' },
    differs: 'The code is given as itself; Microsoft wraps it into `UnknownError` and a JSON string.',
  },
  {
    section: '5.2',
    says: 'a request that does not exist',
    ask: `GET ${actives}/{nowhere}`,
    answer: { status: 404, code: 'ResourceNotFound' },
  },
  {
    section: '5.2',
    says: 'a path that is only the beginning of others',
    ask: 'GET roleManagement/directory',
    answer: { status: 400, code: 'Request_InvalidRequestUrl' },
  },
  {
    section: '5.2',
    says: 'a path that does not exist',
    ask: 'GET roleManagement/directory/nothing',
    answer: { status: 404, code: 'Request_ResourceNotFound', says: "the segment 'nothing'" },
  },
  {
    section: '5.2',
    says: 'a method that is not served',
    ask: `DELETE ${actives}`,
    answer: { status: 405, code: 'Request_UnsupportedQuery', headers: { allow: 'GET, POST' } },
  },
];
