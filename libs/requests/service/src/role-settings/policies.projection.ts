import {
  policyStream,
  roleDefinitionStream,
  type Instant,
  type PolicyEvent,
  type PolicyRule,
  type RoleDefinitionEvent,
} from '@pim/contracts';
import type { Projection } from '@pim/engine';
import { defaultRules } from '@pim/requests/domain';
import { policyIdOf } from './policy-id';

/** One role's settings: Microsoft's defaults until somebody changed them. */
export interface PolicyDocument {
  readonly id: string;
  /** The policy's id with the role's behind it (reference §1.8). */
  readonly assignmentId: string;
  readonly policyId: string;
  readonly roleDefinitionId: string;
  readonly displayName: 'DirectoryRole';
  readonly description: 'DirectoryRole';
  readonly isOrganizationDefault: false;
  readonly scopeId: '/';
  readonly scopeType: 'DirectoryRole';
  readonly lastModifiedDateTime: Instant | null;
  readonly lastModifiedBy: { readonly displayName: null; readonly id: string | null };
  /** Not part of the policy entity itself. */
  readonly version: number;
  readonly rules: readonly PolicyRule[];
}

const untouched = (tenantId: string, roleDefinitionId: string): PolicyDocument => {
  const id = policyIdOf(tenantId, roleDefinitionId);
  return {
    id,
    assignmentId: `${id}_${roleDefinitionId}`,
    policyId: id,
    roleDefinitionId,
    displayName: 'DirectoryRole',
    description: 'DirectoryRole',
    isOrganizationDefault: false,
    scopeId: '/',
    scopeType: 'DirectoryRole',
    lastModifiedDateTime: null,
    lastModifiedBy: { displayName: null, id: null },
    version: 0,
    rules: defaultRules(),
  };
};

const replace = (rules: readonly PolicyRule[], changed: readonly PolicyRule[]): readonly PolicyRule[] =>
  rules.map((rule) => changed.find(({ id }) => id === rule.id) ?? rule);

/** Where the policies are kept. */
export const policyCollection = 'requests.policies';

/** A policy exists for every role definition, without anybody creating it (reference §1.8). */
export const policyDocuments = (tenantId: string): Projection<PolicyDocument, PolicyEvent | RoleDefinitionEvent> => ({
  collection: policyCollection,
  sources: [roleDefinitionStream, policyStream],
  keys: (event) => [event.data.roleDefinitionId],
  evolve: (document, event) => {
    const current = document ?? untouched(tenantId, event.data.roleDefinitionId);
    if (event.type === 'RoleDefinitionRegistered') return current;
    const { version, rules, by, at } = event.data;
    return {
      ...current,
      version,
      rules: replace(current.rules, rules),
      lastModifiedDateTime: at,
      lastModifiedBy: { displayName: null, id: by.id },
    };
  },
});
