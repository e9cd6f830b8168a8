export { defaultGroupRules, defaultRules, ruleIds, targetOf, type RuleId, type RuleTarget } from './policy-defaults';
export { groupPolicyView, policyView, ruleOf, type Policy } from './policy';
export {
  changedOwnSettings,
  changedRules,
  groupPolicyHistoryView,
  policyHistoryView,
  versionsOf,
  type PolicyHistory,
  type OwnSettingChange,
  type PolicyVersion,
  type RuleChange,
} from './policy-history';
export {
  groupPolicyDecider,
  namedIn,
  policyDecider,
  type ChangePolicyRules,
  type KnownSubject,
  type MinimumHolders,
} from './policy.decide';
export { toGraphRule, type GraphRule, type GraphVersion } from './graph-rule';
export { fromGraphRule, fromGraphRules } from './graph-rule-reader';
export { evaluateSchedule, minimumMs, readSchedule, timesOf, type EvaluatedSchedule } from './schedule';
export {
  heldBy,
  isActiveOrScheduled,
  isEligible,
  isEverEligible,
  roleView,
  type Held,
  type Hold,
  type RoleView,
} from './role-view';
export {
  deniedCode,
  readAction,
  readTicket,
  type Ask,
  type Facts,
  type PrincipalFacts,
  type Refusal,
  type Verdict,
} from './ask';
export { foresee, judge, type Foreseen } from './judge';
export { managerLevels } from './judge-approval';
export { bestActivation, requirementsOf, type Requirements } from './requirements';
export {
  noOwnSettings,
  readCustomExtension,
  readEmergencyAccess,
  type OwnChange,
  type OwnKnown,
  type OwnSettings,
} from './policy.own-settings';
export { judgeExtension } from './judge-policy';
export { type RecordCustomExtensionAnswer } from './request.custom-extension';
export { graphStatus, isOpen, requestView, type OpenRequest, type Request, type Submission } from './request';
export { type CancelRequest } from './request.cancel';
export { decisionRefusal, type DecideExtension, type OtherTimes } from './request.extension';
export * from './request.decide';
