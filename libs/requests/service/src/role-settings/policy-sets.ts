import { toGraphRule } from '@pim/requests/domain';
import { Rejection } from '@pim/kernel';
import type { EntitySet, Expander, GraphRequest } from '@pim/platform';
import { policyCollection, type PolicyDocument } from './policies.projection';
import { policyAssignmentSchema, policySchema } from './schemas';

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

/** Graph lists policies only with a filter that names their scope (reference §1.8). */
export const requireFilter = ({ query }: GraphRequest): void => {
  const filter = query['$filter'] ?? query['filter'];
  if (typeof filter === 'string' && /scopeId/i.test(filter) && /scopeType/i.test(filter)) return;
  throw new Rejection(
    'invalid',
    'BadRequest',
    "A $filter on scopeId and scopeType is required, for example: scopeId eq '/' and scopeType eq 'DirectoryRole'.",
  );
};
