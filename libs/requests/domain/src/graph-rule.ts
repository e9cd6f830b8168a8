import type { ApprovalRule, PolicyRule, SubjectSet } from '@pim/contracts';
import type { Json } from '@pim/kernel';
import { targetOf } from './policy-defaults';

/** The two shapes of Graph's API; they differ in how an approver is written (reference §3.4). */
export type GraphVersion = 'v1.0' | 'beta';

/** A rule as Graph writes it. */
export type GraphRule = { readonly [member: string]: Json };

/** Graph's name for each type of rule, without the leading `#` that `@odata.type` has in answers. */
export const graphTypes: Readonly<Record<PolicyRule['type'], string>> = {
  expiration: 'microsoft.graph.unifiedRoleManagementPolicyExpirationRule',
  enablement: 'microsoft.graph.unifiedRoleManagementPolicyEnablementRule',
  approval: 'microsoft.graph.unifiedRoleManagementPolicyApprovalRule',
  authenticationContext: 'microsoft.graph.unifiedRoleManagementPolicyAuthenticationContextRule',
  notification: 'microsoft.graph.unifiedRoleManagementPolicyNotificationRule',
};

const toSubject = (subject: SubjectSet, version: GraphVersion): GraphRule => {
  const { type, description } = subject;
  const annotation = { '@odata.type': `#microsoft.graph.${type}` };
  const backup = version === 'beta' ? { isBackup: false } : {};
  if (subject.type === 'requestorManager')
    return { ...annotation, ...backup, managerLevel: subject.managerLevel, description };
  const { id } = subject;
  if (version === 'beta') return { ...annotation, ...backup, id, description };
  return type === 'singleUser'
    ? { ...annotation, userId: id, description }
    : { ...annotation, groupId: id, description };
};

const toSetting = ({ type: _type, id: _id, ...setting }: ApprovalRule, version: GraphVersion): GraphRule => ({
  ...setting,
  approvalStages: setting.approvalStages.map((stage) => ({
    ...stage,
    primaryApprovers: stage.primaryApprovers.map((approver) => toSubject(approver, version)),
    escalationApprovers: stage.escalationApprovers.map((approver) => toSubject(approver, version)),
  })),
});

const contentOf = (rule: PolicyRule, version: GraphVersion): GraphRule => {
  if (rule.type === 'approval') return { setting: toSetting(rule, version) };
  const { type: _type, id: _id, ...content } = rule;
  return content;
};

/** The rule as GET answers it in this version of the API (reference §3.1 to §3.6). */
export const toGraphRule = (rule: PolicyRule, version: GraphVersion): GraphRule => ({
  '@odata.type': `#${graphTypes[rule.type]}`,
  id: rule.id,
  ...contentOf(rule, version),
  target: { ...targetOf(rule.id), operations: ['all'], inheritableSettings: [], enforcedSettings: [] },
});
