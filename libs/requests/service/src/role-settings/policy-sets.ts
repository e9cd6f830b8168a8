import { toGraphRule } from '@pim/requests/domain';
import { Rejection } from '@pim/kernel';
import { parseQuery, type FilterNode } from '@pim/odata';
import type { EntitySet, Expander, GraphRequest } from '@pim/platform';
import { policyCollection, type PolicyDocument } from './policies.projection';
import { policyAssignmentSchema, policySchema, ruleSchema } from './schemas';

/** A policy's rules in the shape of the version that asks. */
export const graphRules = ({ rules }: PolicyDocument, { version }: GraphRequest): readonly object[] =>
  rules.map((rule) => toGraphRule(rule, version));

const rules: Expander<readonly object[]> = async (page, request) =>
  (page as readonly PolicyDocument[]).map((document) => graphRules(document, request));

export const policySet: EntitySet<PolicyDocument> = {
  path: 'policies/roleManagementPolicies',
  collection: policyCollection,
  schema: policySchema,
  // Nothing overrides a directory role's rules, so the effective ones are the rules themselves (reference §1.8).
  expand: { rules, effectiveRules: rules },
};

/** The rules of one policy, in the order that Microsoft has them in. */
export const ruleSetOf = (policyId: string): EntitySet => ({
  sequence: 'sequence',
  path: `${policySet.path}('${policyId}')/rules`,
  collection: policyCollection,
  schema: ruleSchema,
  expand: {},
});

const withRules: Expander = async (page, request) =>
  (page as readonly PolicyDocument[]).map((document) => {
    const all = graphRules(document, request);
    return { ...document, rules: all, effectiveRules: all };
  });

export const policyAssignmentSet: EntitySet<PolicyDocument> = {
  path: 'policies/roleManagementPolicyAssignments',
  collection: policyCollection,
  schema: policyAssignmentSchema,
  entity: (document) => ({ ...document, id: document.assignmentId }),
  expand: { policy: withRules },
};

/** Every property that a filter compares, wherever in it. */
const comparedIn = (node: FilterNode): readonly string[] => {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.nodes.flatMap(comparedIn);
    case 'not':
      return comparedIn(node.node);
    case 'compare':
    case 'in':
      return [node.path.join('/')];
    default:
      return [];
  }
};

/**
 * Graph lists policies, and their assignments, only with a filter that narrows them (reference §1.8): by all properties
 * of one of these alternatives. Throws 400 otherwise, and for a filter that cannot be read.
 */
export const requireFilter = (
  { query }: GraphRequest,
  { schema }: Pick<EntitySet, 'schema'>,
  alternatives: readonly (readonly string[])[],
): void => {
  const { filter } = parseQuery(query, schema);
  const compared = filter ? comparedIn(filter) : [];
  if (alternatives.some((names) => names.every((name) => compared.includes(name)))) return;
  throw new Rejection(
    'invalid',
    'BadRequest',
    `A $filter on ${alternatives.map((names) => names.join(' and ')).join(', or on ')} is required, for example: scopeId eq '/' and scopeType eq 'DirectoryRole'.`,
  );
};
