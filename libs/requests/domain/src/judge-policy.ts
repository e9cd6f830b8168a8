import type {
  ApprovalRule,
  Authentication,
  Enablement,
  EnablementRule,
  ExpirationRule,
  Instant,
  ScheduleOrder,
  Ticket,
} from '@pim/contracts';
import type { Facts, Refusal } from './ask';
import { parseDuration } from '@pim/kernel';
import type { AdmittedAsk } from './judge-admission';
import { awaitsAdministrator, isGrant } from './judge-standing';
import { ruleOf, type Policy } from './policy';
import { ruleIds } from './policy-defaults';
import { lengthOf, type EvaluatedSchedule } from './schedule';

const isBlank = (text: string | null): boolean => text === null || text.trim() === '';

/** `amr` says that more than one factor was used (reference §4.15). */
export const provesMfa = (authentication: Authentication | null): boolean =>
  authentication !== null && ['mfa', 'ngcmfa'].some((method) => authentication.amr.includes(method));

const namesTicket = (ticket: Ticket | null): boolean =>
  ticket !== null && !isBlank(ticket.ticketNumber) && !isBlank(ticket.ticketSystem);

/** The rules that govern a grant (reference §3.2, §3.3). */
const rulesFor = (
  { action, kind }: Pick<ScheduleOrder, 'action' | 'kind'>,
  policy: Policy,
): [ExpirationRule, EnablementRule] => {
  if (action === 'selfActivate')
    return [
      ruleOf(policy, ruleIds.expirationEndUserAssignment, 'expiration'),
      ruleOf(policy, ruleIds.enablementEndUserAssignment, 'enablement'),
    ];
  if (kind === 'eligibility')
    return [
      ruleOf(policy, ruleIds.expirationAdminEligibility, 'expiration'),
      ruleOf(policy, ruleIds.enablementAdminEligibility, 'enablement'),
    ];
  return [
    ruleOf(policy, ruleIds.expirationAdminAssignment, 'expiration'),
    ruleOf(policy, ruleIds.enablementAdminAssignment, 'enablement'),
  ];
};

/** What cannot be read allows nothing. */
const maximumMs = (rule: ExpirationRule): number => parseDuration(rule.maximumDuration) ?? 0;

/** The longest activation a policy allows, in milliseconds; also the length of one that does not say (reference §4.4). */
export const longestActivationMs = (policy: Policy): number =>
  maximumMs(ruleOf(policy, ruleIds.expirationEndUserAssignment, 'expiration'));

const exceeds = (rule: ExpirationRule, schedule: EvaluatedSchedule, now: Instant): boolean => {
  const lengthMs = lengthOf(schedule, now);
  return rule.isExpirationRequired && (lengthMs === null || lengthMs > maximumMs(rule));
};

/** The approval rule, when it makes this request wait for an approver. */
export const approvalRule = ({ action }: Pick<AdmittedAsk, 'action'>, policy: Policy): ApprovalRule | null => {
  const rule = ruleOf(policy, ruleIds.approvalEndUserAssignment, 'approval');
  return action === 'selfActivate' && rule.isApprovalRequired ? rule : null;
};

/** The authentication context that the role asks whoever activates it for; null: none. */
export const demandedContext = ({ action }: Pick<AdmittedAsk, 'action'>, policy: Policy): string | null => {
  const rule = ruleOf(policy, ruleIds.authenticationContextEndUserAssignment, 'authenticationContext');
  return action === 'selfActivate' && rule.isEnabled ? (rule.claimValue ?? '') : null;
};

/** `acrs` names the context (reference §4.15). */
export const provesContext = (authentication: Authentication | null, context: string): boolean =>
  authentication?.acrs.includes(context) === true;

/** Step 7 of reference §4.5: an activation must carry the authentication context the role asks for, if it asks. */
export const unprovenContext = (ask: AdmittedAsk, { caller, policy }: Facts): Refusal | null => {
  const value = demandedContext(ask, policy);
  if (value === null || provesContext(caller.authentication, value)) return null;
  const claims = JSON.stringify({ access_token: { acrs: { essential: true, value } } });
  return {
    code: 'RoleAssignmentRequestAcrsValidationFailed',
    message: `The request needs authentication context ${value}: get a token with these claims and try again.&claims=${encodeURIComponent(claims)}`,
    context: value,
  };
};

const refusalFor = (failures: Readonly<Record<string, boolean>>): Refusal | null => {
  const failed = Object.entries(failures).flatMap(([name, fails]) => (fails ? [name] : []));
  if (failed.length === 0) return null;
  return {
    code: 'RoleAssignmentRequestPolicyValidationFailed',
    message: `The following policy rules failed: ${JSON.stringify(failed)}`,
  };
};

/** Whoever wants more of what was given (reference §4.10), or has an emergency, says why, whatever the role asks for. */
const needsReason = ({ action, isEmergency }: Pick<AdmittedAsk, 'action' | 'isEmergency'>): boolean =>
  isEmergency || /(?:Extend|Renew)$/.test(action);

/** What the rules demand of whoever sends this. */
export const demandsOf = (
  ask: Pick<AdmittedAsk, 'action' | 'kind' | 'isEmergency'>,
  policy: Policy,
): Readonly<Record<Enablement, boolean>> => {
  const [, { enabledRules }] = rulesFor(ask, policy);
  // What rules demand of administrators is asked of the one who decides, not of whoever asks to keep what they have.
  const demands = (rule: Enablement): boolean => !awaitsAdministrator(ask.action) && enabledRules.includes(rule);
  const approvers = approvalRule(ask, policy)?.isRequestorJustificationRequired === true;
  return {
    MultiFactorAuthentication: demands('MultiFactorAuthentication'),
    Justification: demands('Justification') || approvers || needsReason(ask),
    Ticketing: demands('Ticketing'),
  };
};

/** Step 8 of reference §4.5: every policy rule the request fails, in one message that clients parse (reference §5.2). */
export const failedRules = (ask: AdmittedAsk, schedule: EvaluatedSchedule, facts: Facts): Refusal | null => {
  // Ending a role or an eligibility lowers privilege: nothing is demanded for it.
  if (!isGrant(ask.action)) return null;
  const { now, caller, policy } = facts;
  const [expiration] = rulesFor(ask, policy);
  const demands = demandsOf(ask, policy);
  return refusalFor({
    ExpirationRule: exceeds(expiration, schedule, now),
    JustificationRule: demands.Justification && isBlank(ask.justification),
    MfaRule: demands.MultiFactorAuthentication && !provesMfa(caller.authentication),
    TicketingRule: demands.Ticketing && !namesTicket(ask.ticket),
  });
};

/** What whoever agrees to an extension or renewal must meet: its length, and the second factor asked of administrators. */
export const judgeExtension = (
  order: ScheduleOrder,
  { policy, authentication, now }: Pick<Facts, 'policy' | 'now'> & { readonly authentication: Authentication | null },
): Refusal | null => {
  const [expiration, { enabledRules }] = rulesFor(order, policy);
  return refusalFor({
    ExpirationRule: exceeds(expiration, order, now),
    MfaRule: enabledRules.includes('MultiFactorAuthentication') && !provesMfa(authentication),
  });
};
