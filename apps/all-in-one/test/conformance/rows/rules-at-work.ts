import type { Ask, Row } from '../row';
import { activate, assign, forHours } from './bodies';

const directory = 'roleManagement/directory';
const actives = `${directory}/roleAssignmentScheduleRequests`;
const eligibles = `${directory}/roleEligibilityScheduleRequests`;
const graph = '#microsoft.graph.unifiedRoleManagementPolicy';
const failed = 'RoleAssignmentRequestPolicyValidationFailed';

const pathOf = (role: string, rule: string): string =>
  `policies/roleManagementPolicies/DirectoryRole_{tenant}_{${role}}/rules/${rule}`;

const typeOf = (rule: string): string => `${graph}${rule.slice(0, rule.indexOf('_'))}Rule`;

/** The settings that a row is about. */
const set = (role: string, rule: string, content: object): Ask => ({
  ask: `PATCH ${pathOf(role, rule)}`,
  as: 'paul',
  body: { '@odata.type': typeOf(rule), ...content },
});

const fails = (rule: string): Row['answer'] => ({ status: 400, code: failed, says: `["${rule}"]` });
const passes: Row['answer'] = { status: 201, body: { status: 'Provisioned' } };

const expirations: readonly Omit<Row, 'section'>[] = [
  {
    says: 'while an end is not required, an eligibility may be for good',
    ask: `POST ${eligibles}`,
    as: 'paul',
    body: assign('{bob}', '{securityReader}'),
    answer: passes,
  },
  {
    says: 'or longer than the maximum',
    ask: `POST ${eligibles}`,
    as: 'paul',
    body: assign('{alice}', '{securityReader}', forHours('P400D')),
    answer: passes,
  },
  {
    says: 'when it is required, nothing is for good',
    given: [
      set('helpdeskAdministrator', 'Expiration_Admin_Eligibility', {
        isExpirationRequired: true,
        maximumDuration: 'P45D',
      }),
    ],
    ask: `POST ${eligibles}`,
    as: 'paul',
    body: assign('{bob}', '{helpdeskAdministrator}'),
    answer: fails('ExpirationRule'),
  },
  {
    says: 'nor longer than the maximum, which may be any number of days',
    ask: `POST ${eligibles}`,
    as: 'paul',
    body: assign('{bob}', '{helpdeskAdministrator}', forHours('P46D')),
    answer: fails('ExpirationRule'),
  },
  {
    says: 'and the maximum itself is allowed',
    ask: `POST ${eligibles}`,
    as: 'paul',
    body: assign('{bob}', '{helpdeskAdministrator}', forHours('P45D')),
    answer: passes,
  },
  {
    says: 'a standing assignment has a rule of its own',
    ask: `POST ${actives}`,
    as: 'paul',
    body: assign('{sam}', '{helpdeskAdministrator}'),
    answer: passes,
  },
  {
    says: 'an activation may be longer than a day',
    given: [
      set('userAdministrator', 'Expiration_EndUser_Assignment', {
        isExpirationRequired: true,
        maximumDuration: 'PT30H',
      }),
    ],
    ask: `POST ${actives}`,
    as: 'erin',
    body: activate('{userAdministrator}', forHours('PT30H')),
    answer: passes,
  },
  {
    says: 'but is never without an end',
    ask: `PATCH ${pathOf('userAdministrator', 'Expiration_EndUser_Assignment')}`,
    as: 'paul',
    body: { '@odata.type': `${graph}ExpirationRule`, isExpirationRequired: false },
    answer: { status: 400, code: 'InvalidPolicyRule' },
  },
  {
    says: 'and no setting makes it shorter than five minutes',
    ask: `PATCH ${pathOf('userAdministrator', 'Expiration_EndUser_Assignment')}`,
    as: 'paul',
    body: { '@odata.type': `${graph}ExpirationRule`, maximumDuration: 'PT4M' },
    answer: { status: 400, code: 'InvalidPolicyRule' },
  },
];

const everything = { enabledRules: ['MultiFactorAuthentication', 'Justification', 'Ticketing'] };

const enablements: readonly Omit<Row, 'section'>[] = [
  {
    says: 'an administrator who makes somebody active says why, by default',
    ask: `POST ${actives}`,
    as: 'paul',
    body: assign('{bob}', '{securityReader}', { justification: ' ' }),
    answer: fails('JustificationRule'),
  },
  {
    says: 'one who makes somebody eligible need not',
    ask: `POST ${eligibles}`,
    as: 'paul',
    body: assign('{heidi}', '{securityReader}', { justification: null }),
    answer: passes,
  },
  {
    says: 'but must when the settings say so, with a second factor and a ticket',
    given: [set('securityReader', 'Enablement_Admin_Eligibility', everything)],
    ask: `POST ${eligibles}`,
    as: 'paul',
    signIn: { mfa: false },
    body: assign('{frank}', '{securityReader}', { justification: null }),
    answer: { status: 400, code: failed, says: '["JustificationRule","MfaRule","TicketingRule"]' },
  },
  {
    says: 'a ticket has a number and a system',
    given: [set('userAdministrator', 'Enablement_EndUser_Assignment', { enabledRules: ['Ticketing'] })],
    ask: `POST ${actives}`,
    as: 'frank',
    body: activate('{userAdministrator}', { principalId: '{frank}', ticketInfo: { ticketNumber: 'INC-1' } }),
    answer: fails('TicketingRule'),
  },
  {
    says: 'which nobody looks up; reasons and a second factor are not asked for any more',
    ask: `POST ${actives}`,
    as: 'frank',
    signIn: { mfa: false },
    body: activate('{userAdministrator}', {
      principalId: '{frank}',
      justification: null,
      ticketInfo: { ticketNumber: 'none', ticketSystem: 'at all' },
    }),
    answer: passes,
  },
  {
    says: 'an application never has a second factor',
    given: [set('securityReader', 'Enablement_Admin_Assignment', { enabledRules: ['MultiFactorAuthentication'] })],
    ask: `POST ${actives}`,
    as: 'automation',
    body: assign('{bob}', '{securityReader}'),
    answer: fails('MfaRule'),
  },
  {
    says: 'no other rules can be enabled',
    ask: `PATCH ${pathOf('securityReader', 'Enablement_EndUser_Assignment')}`,
    as: 'paul',
    body: { '@odata.type': `${graph}EnablementRule`, enabledRules: ['Prayer'] },
    answer: { status: 400, code: 'InvalidPolicyRule' },
  },
];

const context = 'AuthenticationContext_EndUser_Assignment';
const challenge =
  '&claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%22value%22%3A%22c2%22%7D%7D%7D';

const contexts: readonly Omit<Row, 'section'>[] = [
  {
    says: 'a context that is on has a name',
    ask: `PATCH ${pathOf('exchangeAdministrator', context)}`,
    as: 'paul',
    body: { '@odata.type': typeOf(context), isEnabled: true, claimValue: null },
    answer: { status: 400, code: 'InvalidPolicyRule', says: 'c1 to c99' },
  },
  {
    says: 'one from c1 to c99',
    ask: `PATCH ${pathOf('exchangeAdministrator', context)}`,
    as: 'paul',
    body: { '@odata.type': typeOf(context), isEnabled: true, claimValue: 'c100' },
    answer: { status: 400, code: 'InvalidPolicyRule', says: 'c1 to c99' },
  },
  {
    says: 'the token must carry that one, not another',
    given: [set('exchangeAdministrator', context, { isEnabled: true, claimValue: 'c2' })],
    ask: `POST ${actives}`,
    as: 'erin',
    signIn: { acrs: ['c1'] },
    body: activate('{exchangeAdministrator}'),
    answer: { status: 400, code: 'RoleAssignmentRequestAcrsValidationFailed', says: challenge },
  },
  {
    says: 'and off, it asks for nothing and has no name',
    given: [set('exchangeAdministrator', context, { isEnabled: false, claimValue: 'c2' })],
    ask: `GET ${pathOf('exchangeAdministrator', context)}`,
    answer: { status: 200, body: { isEnabled: false, claimValue: null } },
  },
];

const factors: readonly Omit<Row, 'section'>[] = [
  {
    says: 'the challenge is in the header, too',
    given: [set('exchangeAdministrator', context, { isEnabled: true, claimValue: 'c2' })],
    ask: `POST ${actives}`,
    as: 'erin',
    body: activate('{exchangeAdministrator}'),
    answer: {
      status: 400,
      code: 'RoleAssignmentRequestAcrsValidationFailed',
      headers: { 'www-authenticate': /error="insufficient_claims".*claims="/ },
    },
  },
  {
    says: 'a token with the context is enough',
    ask: `POST ${actives}`,
    as: 'erin',
    signIn: { acrs: ['c2'] },
    body: activate('{exchangeAdministrator}'),
    answer: passes,
    differs: 'Whether the client declared cp1 is between it and the issuer; the context in the token counts.',
  },
  {
    says: 'a session without a second factor does not do',
    ask: `POST ${actives}`,
    as: 'grace',
    signIn: { mfa: false },
    body: activate('{helpdeskAdministrator}', {
      principalId: '{grace}',
      ticketInfo: { ticketNumber: 'INC-2', ticketSystem: 'Desk' },
    }),
    answer: fails('MfaRule'),
  },
  {
    says: 'one with it does, without another prompt',
    ask: `POST ${actives}`,
    as: 'grace',
    body: activate('{helpdeskAdministrator}', {
      principalId: '{grace}',
      ticketInfo: { ticketNumber: 'INC-2', ticketSystem: 'Desk' },
    }),
    answer: passes,
  },
];

const of = (section: string, rows: readonly Omit<Row, 'section'>[]): readonly Row[] =>
  rows.map((row) => ({ section, ...row }));

/** reference §3.2, §3.3, §3.5 and §4.15: what the settings of a role do to requests */
export const rulesAtWork: readonly Row[] = [
  ...of('3.2', expirations),
  ...of('3.3', enablements),
  ...of('3.5', contexts),
  ...of('4.15', factors),
];
