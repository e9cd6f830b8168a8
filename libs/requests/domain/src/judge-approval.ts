import type { ApprovalStage, ApprovalStageTerms, ApprovalTerms, Approver, SubjectSet } from '@pim/contracts';
import type { Ask, Facts } from './ask';
import { later } from '@pim/kernel';
import { approvalRule } from './judge-policy';
import { activationAuthors, type Policy } from './policy';
import { defaultStage } from './policy-defaults';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** A manager becomes the person who it is now; whoever has none at that level has nobody there. */
const resolved = (subject: SubjectSet, managers: readonly string[]): readonly Approver[] => {
  if (subject.type !== 'requestorManager') return [subject];
  const id = managers[subject.managerLevel - 1];
  return id === undefined ? [] : [{ type: 'singleUser', id, description: subject.description }];
};

/** How many levels of managers the approval of this request may ask for; 0 when it asks for none. */
export const managerLevels = (ask: Pick<Ask, 'action'>, policy: Policy): number => {
  const stages = approvalRule(ask, policy)?.approvalStages ?? [];
  const levels = stages
    .flatMap(({ primaryApprovers, escalationApprovers }) => [...primaryApprovers, ...escalationApprovers])
    .map((one) => (one.type === 'requestorManager' ? one.managerLevel : 0));
  return Math.max(0, ...levels);
};

const stageTerms = (stage: ApprovalStage, managers: readonly string[]): ApprovalStageTerms => {
  const subjects = (named: readonly SubjectSet[]) => named.flatMap((one) => resolved(one, managers));
  return {
    approvers: subjects(stage.primaryApprovers),
    requiredApprovals: stage.requiredApprovals,
    isApproverJustificationRequired: stage.isApproverJustificationRequired,
    windowMs: stage.approvalStageTimeOutInDays * dayMs,
    escalation: stage.isEscalationEnabled
      ? { afterMs: stage.escalationTimeInMinutes * minuteMs, approvers: subjects(stage.escalationApprovers) }
      : null,
    remindEveryMs: stage.reminderTimeInMinutes === 0 ? null : stage.reminderTimeInMinutes * minuteMs,
  };
};

/** Step 10 of reference §4.5: what the approvers need, frozen now; `null` when nobody has to approve. */
export const approvalTerms = (
  ask: Pick<Ask, 'action'>,
  { now, policy, principal }: Pick<Facts, 'now' | 'policy' | 'principal'>,
): ApprovalTerms | null => {
  const rule = approvalRule(ask, policy);
  if (!rule) return null;
  const asked = rule.approvalStages.length > 0 ? rule.approvalStages : [defaultStage];
  const stages = asked.map((stage) => stageTerms(stage, principal.managerIds));
  return { stages, deadline: later(now, stages[0]?.windowMs ?? 0) ?? now, policyAuthorIds: activationAuthors(policy) };
};
