import type { ApprovalStage, PolicyEvent } from '@pim/contracts';
import type { View } from '@pim/kernel';

/** A group that settings name, or named. */
export interface NamedGroup {
  readonly isNamed: boolean;
  /** For how long a request that was made under them may wait for approval, in milliseconds: the longest there was. */
  readonly windowMs: number;
}

/** Every group that the settings of one role or group ever named as approver, by its id. */
export type ApproverGroups = ReadonlyMap<string, NamedGroup>;

const dayMs = 24 * 60 * 60_000;

/** In any stage, at first or for escalation; that no approval is asked for at the moment makes no difference. */
const groupsIn = (stages: readonly ApprovalStage[]): ReadonlySet<string> => {
  const named = stages.flatMap((stage) => [...stage.primaryApprovers, ...stage.escalationApprovers]);
  return new Set(named.flatMap((one) => (one.type === 'groupMembers' ? [one.id] : [])));
};

const after = (before: ApproverGroups, stages: readonly ApprovalStage[]): ApproverGroups => {
  const named = groupsIn(stages);
  const windowMs =
    dayMs * stages.reduce((days, { approvalStageTimeOutInDays }) => days + approvalStageTimeOutInDays, 0);
  const groups = new Map([...before].map(([id, group]) => [id, { ...group, isNamed: false }]));
  for (const id of named)
    groups.set(id, { isNamed: true, windowMs: Math.max(windowMs, before.get(id)?.windowMs ?? 0) });
  return groups;
};

/** What a `policy` stream says of groups. */
export const approverGroups: View<ApproverGroups, PolicyEvent> = {
  initial: new Map(),
  evolve: (groups, event) => {
    if (event.type !== 'PolicyRulesChanged') return groups;
    const rule = event.data.rules.find(({ type }) => type === 'approval');
    return rule?.type === 'approval' ? after(groups, rule.approvalStages) : groups;
  },
};
