import type { ApprovalStageTerms, ScheduleOrder } from '@pim/contracts';
import type { Ask, Facts } from './ask';
import { approvalTerms } from './judge-approval';
import { customExtensionTerms, emergencyRefusal } from './judge-own-settings';
import { demandedContext, demandsOf, provesContext, provesMfa } from './judge-policy';
import { ruleOf } from './policy';
import { ruleIds } from './policy-defaults';

/** What an activation needs, whoever asks, and whether the token that asks has it. */
export interface Requirements {
  readonly requires: {
    readonly mfa: { readonly isRequired: boolean; readonly isSatisfied: boolean };
    /** null: none is asked for. */
    readonly authenticationContext: { readonly claimValue: string; readonly isSatisfied: boolean } | null;
    readonly justification: boolean;
    readonly ticket: boolean;
  };
  /** As the settings say it; one that does not say how long gets this. */
  readonly maximumDuration: string;
  /** Whether an endpoint of the role's own is asked first. */
  readonly isCustomExtensionAsked: boolean;
  /** Whether who asks may activate in an emergency, without waiting for anybody. */
  readonly isEmergencyAllowed: boolean;
  /** Who has to agree, stage by stage, with the managers who they are now; null: nobody. */
  readonly approvalStages: readonly ApprovalStageTerms[] | null;
  /** 0: the defaults. */
  readonly policyVersion: number;
}

/** From the same rules that `judge` judges by. */
export const requirementsOf = (
  ask: Pick<Ask, 'action' | 'kind' | 'principalId' | 'isEmergency'>,
  facts: Pick<Facts, 'policy' | 'caller' | 'now' | 'principal'>,
): Requirements => {
  const { policy, caller } = facts;
  const { authentication } = caller;
  const demands = demandsOf(ask, policy);
  const claimValue = demandedContext(ask, policy);
  return {
    requires: {
      mfa: { isRequired: demands.MultiFactorAuthentication, isSatisfied: provesMfa(authentication) },
      authenticationContext:
        claimValue === null ? null : { claimValue, isSatisfied: provesContext(authentication, claimValue) },
      justification: demands.Justification,
      ticket: demands.Ticketing,
    },
    maximumDuration: ruleOf(policy, ruleIds.expirationEndUserAssignment, 'expiration').maximumDuration,
    isCustomExtensionAsked: customExtensionTerms(ask, facts) !== null,
    isEmergencyAllowed: emergencyRefusal({ ...ask, isEmergency: true }, facts) === null,
    approvalStages: approvalTerms(ask, facts)?.stages ?? null,
    policyVersion: policy.version,
  };
};

/** Stands for what people write: whether they did is not known before they ask. */
const written = 'as will be said';

/**
 * The activation that somebody would most likely send: now, for as long as it may last, with a reason and a ticket.
 * Only what cannot be written into it stands in its way.
 */
export const bestActivation = ({
  principalId,
  roleDefinitionId,
  directoryScopeId,
}: Pick<ScheduleOrder, 'principalId' | 'roleDefinitionId' | 'directoryScopeId'>): Ask => ({
  requestId: 'preview',
  kind: 'assignment',
  action: 'selfActivate',
  principalId,
  roleDefinitionId,
  directoryScopeId,
  appScopeId: null,
  schedule: null,
  justification: written,
  ticket: { ticketNumber: written, ticketSystem: written },
  isValidationOnly: true,
  targetScheduleId: null,
  customData: null,
  isEmergency: false,
});
