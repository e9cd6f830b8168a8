import type { CustomExtension, EmergencyAccess, PolicyEvent } from '@pim/contracts';
import { specFor } from '@pim/kernel/spec';
import { policyView, ruleOf } from './policy';
import { policyDecider, type ChangePolicyRules } from './policy.decide';
import { readCustomExtension, readEmergencyAccess, type OwnChange, type OwnKnown } from './policy.own-settings';
import { ruleIds } from './policy-defaults';
import { now, paul } from './spec/some';

const { given } = specFor(policyDecider);
const about = { policyId: 'p', roleDefinitionId: 'helpdesk' };
const erin = 'a0000000-0000-4000-8000-000000000004';
const frank = 'a0000000-0000-4000-8000-000000000005';
const extension: CustomExtension = {
  endpoint: 'https://tickets.contoso.example/openpim',
  timeoutSeconds: 5,
  isEnabled: true,
};

const change = (own: OwnChange, known: Partial<OwnKnown> = {}): ChangePolicyRules => ({
  type: 'ChangePolicyRules',
  data: {
    ...about,
    rules: [],
    own: { ...own, known: { endpointFault: null, users: [erin], ...known } },
    by: paul,
    now,
  },
});
const extended = (version: number, customExtension: CustomExtension | null): PolicyEvent => ({
  type: 'CustomExtensionChanged',
  data: { ...about, version, customExtension, by: paul, at: now },
});
const named = (version: number, emergencyAccess: EmergencyAccess | null): PolicyEvent => ({
  type: 'EmergencyAccessChanged',
  data: { ...about, version, emergencyAccess, by: paul, at: now },
});

describe('the settings of a role that are our own', () => {
  it('are changed one by one, each a version of the settings', () => {
    given()
      .when(change({ customExtension: extension }))
      .then(extended(1, extension));
    given(extended(1, extension))
      .when(change({ emergencyAccess: { people: [erin] } }))
      .then(named(2, { people: [erin] }));
  });

  it('count on from the rules that are changed with them', () => {
    const maximum = ruleOf(policyView.initial, ruleIds.expirationEndUserAssignment, 'expiration');
    const rules = [{ ...maximum, maximumDuration: 'PT4H' }];
    const { data } = change({ customExtension: extension, emergencyAccess: { people: [erin] } });
    given()
      .when({ type: 'ChangePolicyRules', data: { ...data, rules } })
      .then(
        { type: 'PolicyRulesChanged', data: { ...about, version: 1, rules, by: paul, at: now } },
        extended(2, extension),
        named(3, { people: [erin] }),
      );
  });

  it('are silent about what is so already', () => {
    given(extended(1, extension))
      .when(change({ customExtension: { ...extension } }))
      .thenNothing();
    given()
      .when(change({ customExtension: null, emergencyAccess: null }))
      .thenNothing();
  });

  it('can be taken away again', () => {
    given(extended(1, extension))
      .when(change({ customExtension: null }))
      .then(extended(2, null));
    given(named(1, { people: [erin] }))
      .when(change({ emergencyAccess: null }))
      .then(named(2, null));
  });

  it('are refused whole for an endpoint that is not asked here, and for people who are no users', () => {
    const endpointFault = 'customExtension.endpoint is not allowed.';
    given()
      .when(change({ customExtension: extension }, { endpointFault }))
      .thenRejected('InvalidPolicy');
    given()
      .when(change({ customExtension: extension, emergencyAccess: { people: [erin, frank] } }))
      .thenRejected('InvalidPolicy');
  });
});

describe('reading them', () => {
  it('takes null for none', () => {
    expect(readCustomExtension(null)).toBeNull();
    expect(readEmergencyAccess(null)).toBeNull();
  });

  it('names each person once, in order', () =>
    expect(readEmergencyAccess({ people: [frank, erin.toUpperCase(), erin] })).toEqual({ people: [erin, frank] }));

  it.each<[string, unknown]>([
    ['text', 'https://tickets.contoso.example'],
    ['no address', { ...extension, endpoint: 1 }],
    ['a long address', { ...extension, endpoint: `https://a.example/${'x'.repeat(2_048)}` }],
    ['no time', { ...extension, timeoutSeconds: 0 }],
    ['too much time', { ...extension, timeoutSeconds: 31 }],
    ['half a second', { ...extension, timeoutSeconds: 0.5 }],
    ['a maybe', { ...extension, isEnabled: null }],
    ['more than it has', { ...extension, key: 'secret' }],
  ])('refuses a custom extension with %s', (_what, value) =>
    expect(() => readCustomExtension(value)).toThrow('The policy is invalid: customExtension'),
  );

  it.each<[string, unknown]>([
    ['nobody', { people: [] }],
    ['names', { people: ['erin'] }],
    ['what is as long as an id', { people: ['x'.repeat(36)] }],
    ['too many', { people: Array.from({ length: 21 }, () => erin) }],
    ['a number', { people: [1] }],
    ['more than it has', { people: [erin], groups: [] }],
    ['a list', [erin]],
  ])('refuses emergency access with %s', (_what, value) =>
    expect(() => readEmergencyAccess(value)).toThrow('The policy is invalid: emergencyAccess'),
  );
});
