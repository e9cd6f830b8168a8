import { fold } from '@pim/kernel';
import type { Facts } from './ask';
import { foresee, judge } from './judge';
import { bestActivation, requirementsOf } from './requirements';
import { roleView } from './role-view';
import { approval, approvedByAlice, contextC1, demands, maximum, withRules } from './spec/role-policy';
import { activated, eligible } from './spec/role';
import { someFacts } from './spec/some';

const ask = bestActivation({ principalId: 'erin', roleDefinitionId: 'helpdesk', directoryScopeId: '/' });
const codesOf = (facts: Facts) => foresee(ask, facts).refusals.map(({ code }) => code);
const passwordOnly = { ...someFacts().caller, authentication: { amr: ['pwd'], acr: null, acrs: [], authTime: null } };

describe('what an activation needs', () => {
  it('is what the rules say, and whether the token has it', () => {
    const policy = withRules(
      { ...maximum, maximumDuration: 'PT2H' },
      { ...demands, enabledRules: ['MultiFactorAuthentication', 'Ticketing'] },
      contextC1,
    );
    expect(requirementsOf(ask, someFacts({ policy }))).toEqual({
      requires: {
        mfa: { isRequired: true, isSatisfied: true },
        authenticationContext: { claimValue: 'c1', isSatisfied: false },
        justification: false,
        ticket: true,
      },
      maximumDuration: 'PT2H',
      isCustomExtensionAsked: false,
      isEmergencyAllowed: false,
      approvalStages: null,
      policyVersion: 7,
    });
  });

  it('is a reason for approvers even where nobody else asks for one, and the stages they agree in', () => {
    const policy = withRules({ ...demands, enabledRules: [] }, approvedByAlice);
    const { requires, approvalStages } = requirementsOf(ask, someFacts({ policy, caller: passwordOnly }));
    expect(requires).toEqual({
      mfa: { isRequired: false, isSatisfied: false },
      authenticationContext: null,
      justification: true,
      ticket: false,
    });
    expect(approvalStages?.map(({ approvers }) => approvers)).toEqual([
      [{ type: 'singleUser', id: 'alice', description: null }],
    ]);
  });

  it('is an endpoint’s yes first, unless it is switched off, or nobody’s in an emergency', () => {
    const customExtension = { endpoint: 'https://tickets.example', timeoutSeconds: 5, isEnabled: true };
    const policy = { ...withRules(), customExtension, emergencyAccess: { people: ['erin'] } };
    expect(requirementsOf(ask, someFacts({ policy }))).toMatchObject({
      isCustomExtensionAsked: true,
      isEmergencyAllowed: true,
    });
    const off = { ...policy, customExtension: { ...customExtension, isEnabled: false } };
    expect(requirementsOf({ ...ask, principalId: 'frank' }, someFacts({ policy: off }))).toMatchObject({
      isCustomExtensionAsked: false,
      isEmergencyAllowed: false,
    });
  });

  it('is nobody’s yes while approval is switched off', () =>
    expect(requirementsOf(ask, someFacts({ policy: withRules(approval) })).approvalStages).toBeNull());
});

describe('what stands in the way of an activation', () => {
  const isEligible = fold(roleView, [eligible('erin')]);

  it('is nothing when judge accepts it', () => {
    const facts = someFacts({ role: isEligible });
    expect([codesOf(facts), judge(ask, facts).verdict]).toEqual([[], 'accepted']);
  });

  it('is every reason to refuse it, the one that judge names first', () => {
    const facts = someFacts({
      policy: withRules(contextC1),
      role: fold(roleView, [activated('erin')]),
      caller: passwordOnly,
      principal: { ...someFacts().principal, enabled: false },
    });
    expect(codesOf(facts)).toEqual([
      'InvalidRoleAssignmentRequest',
      'RoleAssignmentDoesNotExist',
      'RoleAssignmentExists',
      'RoleAssignmentRequestAcrsValidationFailed',
      'RoleAssignmentRequestPolicyValidationFailed',
    ]);
    expect(judge(ask, facts)).toMatchObject({ code: 'InvalidRoleAssignmentRequest' });
  });

  it('cannot be said of a role that is not there', () =>
    expect(() => foresee(ask, someFacts({ roleExists: false }))).toThrow(
      expect.objectContaining({ code: 'RoleNotFound' }),
    ));
});
