import type {
  ApprovalRule,
  ApprovalTerms,
  Authentication,
  Enablement,
  EnablementRule,
  ExpirationRule,
  Instant,
  ScheduleOrder,
  Ticket,
} from '@pim/contracts';
import type { Facts, Refusal } from './ask';
import { parseDuration } from './duration';
import { later } from './instant';
import type { AdmittedAsk } from './judge-admission';
import { awaitsAdministrator, isGrant } from './judge-standing';
import { ruleOf, type Policy } from './policy';
import { defaultStage, ruleIds } from './policy-defaults';
import { lengthOf, type EvaluatedSchedule } from './schedule';

const dayMs = 24 * 60 * 60_000;

const isBlank = (text: string | null): boolean => text === null || text.trim() === '';

/** `amr` says that more than one factor was used (reference §4.15). */
const provesMfa = (authentication: Authentication | null): boolean =>
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
const approvalRule = ({ action }: AdmittedAsk, policy: Policy): ApprovalRule | null => {
  const rule = ruleOf(policy, ruleIds.approvalEndUserAssignment, 'approval');
  return action === 'selfActivate' && rule.isApprovalRequired ? rule : null;
};

/** Step 7 of reference §4.5: an activation must carry the authentication context the role asks for, if it asks. */
export const unprovenContext = ({ action }: AdmittedAsk, { caller, policy }: Facts): Refusal | null => {
  const rule = ruleOf(policy, ruleIds.authenticationContextEndUserAssignment, 'authenticationContext');
  if (action !== 'selfActivate' || !rule.isEnabled) return null;
  const value = rule.claimValue ?? '';
  if (caller.authentication?.acrs.includes(value)) return null;
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
const needsReason = ({ action, isEmergency }: AdmittedAsk): boolean => isEmergency || /(?:Extend|Renew)$/.test(action);

/** Step 8 of reference §4.5: every policy rule the request fails, in one message that clients parse (reference §5.2). */
export const failedRules = (ask: AdmittedAsk, schedule: EvaluatedSchedule, facts: Facts): Refusal | null => {
  // Ending a role or an eligibility lowers privilege: nothing is demanded for it. What rules demand of administrators is
  // asked of the one who decides, not of whoever asks to keep what they have.
  if (!isGrant(ask.action)) return null;
  const { now, caller, policy } = facts;
  const [expiration, { enabledRules }] = rulesFor(ask, policy);
  const demands = (rule: Enablement): boolean => !awaitsAdministrator(ask.action) && enabledRules.includes(rule);
  const demandsReason =
    demands('Justification') ||
    approvalRule(ask, policy)?.isRequestorJustificationRequired === true ||
    needsReason(ask);
  return refusalFor({
    ExpirationRule: exceeds(expiration, schedule, now),
    JustificationRule: demandsReason && isBlank(ask.justification),
    MfaRule: demands('MultiFactorAuthentication') && !provesMfa(caller.authentication),
    TicketingRule: demands('Ticketing') && !namesTicket(ask.ticket),
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

/** Step 10 of reference §4.5: what the approvers need, frozen now; `null` when nobody has to approve. */
export const approvalTerms = (ask: AdmittedAsk, { now, policy }: Facts): ApprovalTerms | null => {
  const rule = approvalRule(ask, policy);
  if (!rule) return null;
  const stage = rule.approvalStages[0] ?? defaultStage;
  return {
    approvers: stage.primaryApprovers,
    isApproverJustificationRequired: stage.isApproverJustificationRequired,
    deadline: later(now, stage.approvalStageTimeOutInDays * dayMs) ?? now,
  };
};
