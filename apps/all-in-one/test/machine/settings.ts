import type { ApprovalStage, PolicyRule, SubjectSet } from '@pim/contracts';
import { ruleIds, type ChangePolicyRules } from '@pim/requests/domain';
import type { Setting, StageSetting } from './move';
import { actor, place, policyId } from './people';

const subject = (id: string): SubjectSet =>
  id === 'manager'
    ? { type: 'requestorManager', managerLevel: 1, description: null }
    : { type: 'singleUser', id, description: null };

const stageOf = ({ approvers, required, days, escalation, remindMinutes }: StageSetting): ApprovalStage => ({
  approvalStageTimeOutInDays: days,
  isApproverJustificationRequired: true,
  isEscalationEnabled: escalation !== null,
  escalationTimeInMinutes: escalation?.minutes ?? 0,
  primaryApprovers: approvers.map(subject),
  escalationApprovers: (escalation?.approvers ?? []).map(subject),
  requiredApprovals: required,
  reminderTimeInMinutes: remindMinutes,
});

/** The approval rule that is asked for. */
export const approvalRuleOf = ({ isOn, stages }: Setting): PolicyRule => ({
  type: 'approval',
  id: ruleIds.approvalEndUserAssignment,
  isApprovalRequired: isOn,
  isApprovalRequiredForExtension: false,
  isRequestorJustificationRequired: true,
  approvalMode: stages.length > 1 ? 'Serial' : 'SingleStage',
  approvalStages: stages.map(stageOf),
});

/** How long an activation lasts at the most. */
export const limitOf = (hours: number): PolicyRule => ({
  type: 'expiration',
  id: ruleIds.expirationEndUserAssignment,
  isExpirationRequired: true,
  maximumDuration: `PT${hours}H`,
});

/** Puts a rule in place of the one there is. */
export const changeOf = (rule: PolicyRule, by: string, now: string): ChangePolicyRules => ({
  type: 'ChangePolicyRules',
  data: { policyId, roleDefinitionId: place.roleDefinitionId, rules: [rule], by: actor(by), now },
});
