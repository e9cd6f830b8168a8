import type {
  ApprovalRule,
  ApprovalStage,
  AuthenticationContextRule,
  Enablement,
  EnablementRule,
  ExpirationRule,
  NotificationRule,
  PolicyRule,
} from '@pim/contracts';
import { Rejection } from '@pim/kernel';
import { parseDuration } from './duration';
import { ruleIds } from './policy-defaults';
import { minimumMs } from './schedule';

/** Everything `enabledRules` may hold (reference §3.3). */
export const enablements: readonly Enablement[] = ['MultiFactorAuthentication', 'Justification', 'Ticketing'];

/** One message goes to no more than this many (reference §4.16). */
const maxRecipients = 1_000;
const maxApprovers = 1_000;
const maxTimeOutDays = 30;

/** 400 for a rule that cannot be kept; says which rule and what it must be. */
export const invalidRule = (ruleId: string, must: string): Rejection =>
  new Rejection('invalid', 'InvalidPolicyRule', `The policy rule ${ruleId} is invalid: ${must}`);

/** What each type must be; `null` when it is. */
type Check<R> = (rule: R) => string | null;

const expiration: Check<ExpirationRule> = ({ id, isExpirationRequired, maximumDuration }) => {
  const ms = parseDuration(maximumDuration);
  if (ms === null) return 'maximumDuration must be an ISO 8601 duration such as PT8H or P180D.';
  if (ms < minimumMs) return 'maximumDuration must be at least 5 minutes (PT5M).';
  if (id === ruleIds.expirationEndUserAssignment && !isExpirationRequired)
    return 'isExpirationRequired must stay true: an activation always ends.';
  return null;
};

const enablement: Check<EnablementRule> = ({ enabledRules }) =>
  enabledRules.every((rule) => enablements.includes(rule))
    ? null
    : `enabledRules may hold ${enablements.join(', ')} only.`;

const stage: Check<ApprovalStage> = (checked) => {
  const days = checked.approvalStageTimeOutInDays;
  if (!Number.isInteger(days) || days < 1 || days > maxTimeOutDays)
    return `approvalStageTimeOutInDays must be a whole number from 1 to ${maxTimeOutDays}.`;
  if (checked.isEscalationEnabled || checked.escalationApprovers.length > 0)
    return 'isEscalationEnabled must be false: escalation is not supported.';
  return checked.primaryApprovers.length > maxApprovers
    ? `primaryApprovers may name ${maxApprovers} at most; name a group instead.`
    : null;
};

const approval: Check<ApprovalRule> = ({ isApprovalRequired, approvalMode, approvalStages }) => {
  if (isApprovalRequired && approvalStages.length !== 1) return 'approvalStages must hold exactly one stage.';
  if (approvalStages.length > 1) return 'approvalStages may hold one stage only.';
  if (isApprovalRequired && approvalMode !== 'SingleStage')
    return 'approvalMode must be SingleStage while isApprovalRequired is true.';
  return approvalStages[0] ? stage(approvalStages[0]) : null;
};

const authenticationContext: Check<AuthenticationContextRule> = ({ isEnabled, claimValue }) =>
  isEnabled && !/^c[1-9]\d?$/.test(claimValue ?? '')
    ? 'claimValue must be one of c1 to c99 while isEnabled is true.'
    : null;

/** No blanks, line breaks or separators: the address goes into a mail header. */
const address = /^[^\s@<>(),;:"\\]{1,64}@[^\s@<>(),;:"\\]{1,255}$/;

const notification: Check<NotificationRule> = ({ id, recipientType, notificationRecipients }) => {
  if (!id.startsWith(`Notification_${recipientType}_`))
    return `recipientType is implied by the rule's id and cannot be ${recipientType}.`;
  if (notificationRecipients.length > maxRecipients)
    return `notificationRecipients may hold ${maxRecipients} addresses at most.`;
  return notificationRecipients.every((recipient) => address.test(recipient))
    ? null
    : 'notificationRecipients must be mail addresses such as soc@contoso.example.';
};

/** What is wrong with a rule's content, as the end of a sentence; `null` when nothing is (reference §3.7). */
export const faultOf = (rule: PolicyRule): string | null => {
  switch (rule.type) {
    case 'expiration':
      return expiration(rule);
    case 'enablement':
      return enablement(rule);
    case 'approval':
      return approval(rule);
    case 'authenticationContext':
      return authenticationContext(rule);
    case 'notification':
      return notification(rule);
  }
};
