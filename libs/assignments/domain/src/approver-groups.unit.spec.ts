import type { ApprovalStage, PolicyEvent, PolicyRule, SubjectSet } from '@pim/contracts';
import { fold } from '@pim/kernel';
import { approverGroups } from './approver-groups';

const dayMs = 24 * 60 * 60_000;
const group = (id: string): SubjectSet => ({ type: 'groupMembers', id, description: null });
const stage = (
  days: number,
  primaryApprovers: SubjectSet[],
  escalationApprovers: SubjectSet[] = [],
): ApprovalStage => ({
  approvalStageTimeOutInDays: days,
  isApproverJustificationRequired: true,
  escalationTimeInMinutes: 0,
  isEscalationEnabled: false,
  primaryApprovers,
  escalationApprovers,
  requiredApprovals: 1,
  reminderTimeInMinutes: 0,
});
const changed = (...rules: PolicyRule[]): PolicyEvent => ({
  type: 'PolicyRulesChanged',
  data: {
    policyId: 'p',
    roleDefinitionId: 'r',
    version: 1,
    rules,
    by: { id: 'paul', kind: 'user' },
    at: '2026-03-01T12:00:00.000Z',
  },
});
const staged = (...approvalStages: ApprovalStage[]): PolicyEvent =>
  changed({
    type: 'approval',
    id: 'Approval_EndUser_Assignment',
    isApprovalRequired: true,
    isApprovalRequiredForExtension: false,
    isRequestorJustificationRequired: true,
    approvalMode: 'Serial',
    approvalStages,
  });
const other = changed({ type: 'enablement', id: 'Enablement_EndUser_Assignment', enabledRules: [] });
const found = (...events: PolicyEvent[]) => Object.fromEntries(fold(approverGroups, events));

describe('the groups that settings name as approvers', () => {
  it('are those of all stages, for escalation as well, and no people', () =>
    expect(
      found(
        staged(stage(1, [group('a'), { type: 'singleUser', id: 'u', description: null }]), stage(2, [], [group('b')])),
      ),
    ).toEqual({ a: { isNamed: true, windowMs: 3 * dayMs }, b: { isNamed: true, windowMs: 3 * dayMs } }));

  it('stay when other rules change', () =>
    expect(found(staged(stage(1, [group('a')])), other)).toEqual({ a: { isNamed: true, windowMs: dayMs } }));

  it('are remembered when they are named no more, with the longest that a request may wait for them', () =>
    expect(
      found(staged(stage(7, [group('a')])), staged(stage(1, [group('a')])), staged(stage(1, [group('b')]))),
    ).toEqual({
      a: { isNamed: false, windowMs: 7 * dayMs },
      b: { isNamed: true, windowMs: dayMs },
    }));
});
