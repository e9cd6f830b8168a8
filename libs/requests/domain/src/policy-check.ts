import type {
  ApprovalRule,
  ApprovalStage,
  AuthenticationContextRule,
  Enablement,
  EnablementRule,
  ExpirationRule,
  NotificationRule,
  PolicyRule,
  SubjectSet,
} from '@pim/contracts';
import { parseDuration, Rejection } from '@pim/kernel';
import { ruleIds } from './policy-defaults';
import { minimumMs } from './schedule';

/** Everything `enabledRules` may hold (reference §3.3). */
export const enablements: readonly Enablement[] = ['MultiFactorAuthentication', 'Justification', 'Ticketing'];

/** One message goes to no more than this many (reference §4.16). */
const maxRecipients = 1_000;
const maxApprovers = 1_000;
const maxTimeOutDays = 30;
const maxStages = 5;
/** More people than this are not asked for one role. */
const maxApprovals = 10;

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

const minutesADay = 24 * 60;

/** The longest chain of managers that is followed. */
const maxManagerLevel = 10;

const subjects = (name: 'primaryApprovers' | 'escalationApprovers', named: readonly SubjectSet[]): string | null => {
  if (named.length > maxApprovers) return `${name} may name ${maxApprovers} at most; name a group instead.`;
  return named.every(
    (one) => one.type !== 'requestorManager' || (one.managerLevel >= 1 && one.managerLevel <= maxManagerLevel),
  )
    ? null
    : `managerLevel must be a whole number from 1 to ${maxManagerLevel}.`;
};

const within = (name: string, value: number, [least, most]: readonly [number, number]): string | null =>
  Number.isInteger(value) && value >= least && value <= most
    ? null
    : `${name} must be a whole number from ${least} to ${most}.`;

const escalation = ({
  isEscalationEnabled,
  escalationTimeInMinutes,
  approvalStageTimeOutInDays,
  escalationApprovers,
}: ApprovalStage): string | null => {
  if (!isEscalationEnabled) return null;
  if (escalationTimeInMinutes < 1 || escalationTimeInMinutes >= approvalStageTimeOutInDays * minutesADay)
    return 'escalationTimeInMinutes must be at least 1 and less than the time of the stage while isEscalationEnabled is true.';
  return escalationApprovers.length === 0
    ? 'escalationApprovers must name somebody while isEscalationEnabled is true.'
    : null;
};

const stage: Check<ApprovalStage> = (checked) =>
  within('approvalStageTimeOutInDays', checked.approvalStageTimeOutInDays, [1, maxTimeOutDays]) ??
  within('requiredApprovals', checked.requiredApprovals, [1, maxApprovals]) ??
  within('reminderTimeInMinutes', checked.reminderTimeInMinutes, [0, maxTimeOutDays * minutesADay]) ??
  escalation(checked) ??
  subjects('primaryApprovers', checked.primaryApprovers) ??
  subjects('escalationApprovers', checked.escalationApprovers);

const approval: Check<ApprovalRule> = ({ isApprovalRequired, approvalMode, approvalStages }) => {
  if (approvalStages.length > maxStages) return `approvalStages may hold ${maxStages} stages at most.`;
  const fault = approvalStages.map(stage).find((one) => one !== null) ?? null;
  return fault !== null || !isApprovalRequired ? fault : required(approvalMode, approvalStages.length);
};

/** What an approval must be that somebody waits for. */
const required = (approvalMode: ApprovalRule['approvalMode'], stages: number): string | null => {
  if (approvalMode === 'NoApproval')
    return 'approvalMode must be SingleStage or Serial while isApprovalRequired is true.';
  if (stages === 0) return 'approvalStages must hold a stage.';
  return approvalMode === 'SingleStage' && stages > 1 ? 'approvalMode must be Serial for more than one stage.' : null;
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
