import {
  accessIds,
  isProtectedRole,
  policyStream,
  principalStream,
  roleDefinitionStream,
  type CustomExtension,
  type EmergencyAccess,
  type Instant,
  type PolicyEvent,
  type PolicyRule,
  type PrincipalEvent,
  type RoleDefinitionEvent,
} from '@pim/contracts';
import type { Projection } from '@pim/engine';
import { defaultGroupRules, defaultRules, noOwnSettings } from '@pim/requests/domain';
import { groupPolicyIdOf, policyIdOf, subjectOfPolicy, type PolicySubject } from './policy-id';

/** The settings of a role or of a group's members or owners: Microsoft's defaults until somebody changed them. */
export interface PolicyDocument {
  readonly id: string;
  /** The policy's id with the role's behind it (reference §1.8). */
  readonly assignmentId: string;
  readonly policyId: string;
  readonly roleDefinitionId: string;
  readonly displayName: PolicySubject['scopeType'];
  readonly description: PolicySubject['scopeType'];
  readonly isOrganizationDefault: false;
  readonly scopeId: string;
  readonly scopeType: PolicySubject['scopeType'];
  readonly lastModifiedDateTime: Instant | null;
  /** The name is looked up when somebody reads it. */
  readonly lastModifiedBy: { readonly displayName: string | null; readonly id: string | null };
  /** Not part of the policy entity itself. */
  readonly version: number;
  readonly rules: readonly PolicyRule[];
  /** OpenPIM's own: how many permanent holders the role keeps at the least. */
  readonly minimumHolders: number;
  /** OpenPIM's own: which endpoint is asked before an activation. */
  readonly customExtension: CustomExtension | null;
  /** OpenPIM's own: who may activate in an emergency. */
  readonly emergencyAccess: EmergencyAccess | null;
}

const untouched = (id: string, { roleDefinitionId, scopeId, scopeType }: PolicySubject): PolicyDocument => ({
  id,
  assignmentId: `${id}_${roleDefinitionId}`,
  policyId: id,
  roleDefinitionId,
  displayName: scopeType,
  description: scopeType,
  isOrganizationDefault: false,
  scopeId,
  scopeType,
  lastModifiedDateTime: null,
  lastModifiedBy: { displayName: null, id: null },
  version: 0,
  rules: scopeType === 'Group' ? defaultGroupRules() : defaultRules(),
  minimumHolders: isProtectedRole(roleDefinitionId, scopeId) ? 1 : 0,
  ...noOwnSettings,
});

const replace = (rules: readonly PolicyRule[], changed: readonly PolicyRule[]): readonly PolicyRule[] =>
  rules.map((rule) => changed.find(({ id }) => id === rule.id) ?? rule);

/** Where the policies are kept. */
export const policyCollection = 'requests.policies';

type PolicyEvents = PolicyEvent | RoleDefinitionEvent | PrincipalEvent;

const changes: readonly string[] = policyStream.events.map(({ type }) => type);

const isPolicyChange = (event: PolicyEvents): event is PolicyEvent => changes.includes(event.type);

const groupPolicies = (groupId: string): readonly string[] =>
  accessIds.map((accessId) => groupPolicyIdOf(groupId, accessId));

/** The policies an event is about, by id: a role has one, a group has two. */
const policiesOf = (event: PolicyEvents, tenantId: string): readonly string[] => {
  if (isPolicyChange(event)) return [event.data.policyId];
  if (event.type === 'PrincipalRegistered' || event.type === 'PrincipalDeleted')
    return event.data.principalType === 'group' ? groupPolicies(event.data.principalId) : [];
  return 'roleDefinitionId' in event.data ? [policyIdOf(tenantId, event.data.roleDefinitionId)] : [];
};

/** What a change makes different. */
const changed = (current: PolicyDocument, { type, data }: PolicyEvent): Partial<PolicyDocument> => {
  switch (type) {
    case 'MinimumHoldersChanged':
      return { minimumHolders: data.minimum };
    case 'CustomExtensionChanged':
      return { version: data.version, customExtension: data.customExtension };
    case 'EmergencyAccessChanged':
      return { version: data.version, emergencyAccess: data.emergencyAccess };
    case 'PolicyRulesChanged':
      return { version: data.version, rules: replace(current.rules, data.rules) };
  }
};

const change = (current: PolicyDocument, event: PolicyEvent): PolicyDocument => ({
  ...current,
  ...changed(current, event),
  lastModifiedDateTime: event.data.at,
  lastModifiedBy: { displayName: null, id: event.data.by.id },
});

/** A policy exists for every role definition and two for every group, without anybody creating it (reference §1.8). */
export const policyDocuments = (tenantId: string): Projection<PolicyDocument, PolicyEvents> => ({
  collection: policyCollection,
  sources: [roleDefinitionStream, policyStream, principalStream],
  keys: (event) => policiesOf(event, tenantId),
  evolve: (document, event, _recorded, key) => {
    if (event.type === 'PrincipalDeleted' || event.type === 'RoleDefinitionDeleted') return null;
    const subject = subjectOfPolicy(tenantId, key);
    const current = document ?? (subject && untouched(key, subject));
    // Settings of a group that is gone are not brought back by an old change.
    return current && isPolicyChange(event) ? change(current, event) : current;
  },
});
