import type { Row } from '../row';

const userProperties = ['id', 'displayName', 'userPrincipalName', 'mail', 'accountEnabled'];

/** reference §1.13 */
export const lookUps: readonly Row[] = [
  {
    section: '1.13',
    says: 'tells who one is',
    ask: 'GET me',
    as: 'erin',
    answer: {
      status: 200,
      context: '#users/$entity',
      only: userProperties,
      body: { id: '{erin}', userPrincipalName: 'erin@contoso.example' },
    },
    differs:
      '`accountEnabled` is printed without `$select`; the properties of a profile (job title, phones …) are not kept.',
  },
  {
    section: '1.13',
    says: 'tells one’s id alone',
    ask: 'GET me?$select=id',
    as: 'erin',
    answer: { status: 200, context: '#users(id)/$entity', only: ['id'] },
  },
  {
    section: '1.13',
    says: 'lists users',
    ask: "GET users?$filter=startswith(displayName,'E')",
    answer: { status: 200, context: '#users', only: userProperties, value: [{ id: '{erin}' }] },
  },
  {
    section: '1.13',
    says: 'gets a user by id',
    ask: 'GET users/{erin}',
    answer: { status: 200, body: { id: '{erin}' } },
  },
  {
    section: '1.13',
    says: 'gets a user by name',
    ask: 'GET users/Erin@contoso.example',
    answer: { status: 200, body: { id: '{erin}' } },
  },
  {
    section: '1.13',
    says: 'switches an account off',
    ask: 'PATCH users/{heidi}',
    body: { accountEnabled: false },
    answer: { status: 204 },
  },
  {
    section: '1.13',
    says: 'which it then is',
    ask: 'GET users/{heidi}?$select=accountEnabled',
    answer: { status: 200, body: { accountEnabled: false } },
  },
  {
    section: '1.13',
    says: 'answers 404 for somebody who is not there',
    ask: 'GET users/{nowhere}',
    answer: { status: 404 },
  },
  {
    section: '1.13',
    says: 'lists groups by id, and those that are role-assignable',
    ask: "GET groups?$filter=id in ('{helpdesk}','{approvers}') and isAssignableToRole eq true",
    answer: { status: 200, context: '#groups', value: [{ id: '{helpdesk}', isAssignableToRole: true }] },
  },
  {
    section: '1.13',
    says: 'gets a group',
    ask: 'GET groups/{helpdesk}',
    answer: { status: 200, context: '#groups/$entity', body: { displayName: 'Helpdesk' } },
  },
  {
    section: '1.13',
    says: 'lists the members of a group',
    ask: 'GET groups/{helpdesk}/members',
    answer: { status: 200, value: 2 },
  },
  {
    section: '1.13',
    says: 'lists service principals',
    ask: "GET servicePrincipals?$filter=displayName eq 'automation'",
    answer: { status: 200, context: '#servicePrincipals', value: [{ id: '{automation}' }] },
  },
  {
    section: '1.13',
    says: 'gets a service principal',
    ask: 'GET servicePrincipals/{automation}',
    answer: { status: 200, context: '#servicePrincipals/$entity', body: { id: '{automation}' } },
  },
  {
    section: '1.10',
    says: 'lists alerts',
    ask: 'GET /beta/identityGovernance/roleManagementAlerts/alerts',
    keep: { alert: 'value.0.id' },
    answer: { status: 200 },
    differs: 'There is one alert of our own, about the last administrator; Microsoft’s seven come with alerting.',
  },
  {
    section: '1.10',
    says: 'gets an alert',
    ask: 'GET /beta/identityGovernance/roleManagementAlerts/alerts/{alert}',
    answer: { status: 200, body: { id: '{alert}' } },
  },
];
