import { Inject, Injectable } from '@nestjs/common';
import type { Documents } from '@pim/engine';
import { toGraphRule } from '@pim/requests/domain';
import { DOCUMENTS, type EntitySet, type Expander, type GraphRequest } from '@pim/platform';
import { principalNames } from '../principal-names';
import { policyCollection, type PolicyDocument } from './policies.projection';
import { policyAssignmentSchema, policySchema, ruleSchema } from './schemas';

const path = 'policies/roleManagementPolicies';

/** A policy's rules in the shape of the version that asks. */
export const graphRules = ({ rules }: PolicyDocument, { version }: GraphRequest): readonly object[] =>
  rules.map((rule) => toGraphRule(rule, version));

const rules: Expander<readonly object[]> = async (page, request) =>
  (page as readonly PolicyDocument[]).map((document) => graphRules(document, request));

/** The rules of one policy, in the order that Microsoft has them in. */
export const ruleSetOf = (policyId: string): EntitySet => ({
  sequence: 'sequence',
  path: `${path}('${policyId}')/rules`,
  collection: policyCollection,
  schema: ruleSchema,
  expand: {},
});

/** Role settings, and which role or group they are of (reference §1.8). */
@Injectable()
export class PolicySets {
  readonly policies: EntitySet<PolicyDocument>;
  readonly assignments: EntitySet<PolicyDocument>;

  constructor(@Inject(DOCUMENTS) private readonly documents: Documents) {
    this.policies = {
      path,
      collection: policyCollection,
      schema: policySchema,
      prepare: (page) => this.named(page),
      // Nothing overrides a directory role's rules, so the effective ones are the rules themselves.
      expand: { rules, effectiveRules: rules },
    };
    this.assignments = {
      path: 'policies/roleManagementPolicyAssignments',
      collection: policyCollection,
      schema: policyAssignmentSchema,
      entity: (document) => ({ ...document, id: document.assignmentId }),
      expand: { policy: (page, request) => this.withRules(page as readonly PolicyDocument[], request) },
    };
  }

  /** With the name of whoever changed them last: the settings keep ids only (ADR 0002). */
  private async named(page: readonly PolicyDocument[]): Promise<readonly PolicyDocument[]> {
    const names = await principalNames(
      this.documents,
      page.flatMap(({ lastModifiedBy }) => lastModifiedBy.id ?? []),
    );
    return page.map((document) => {
      const { id } = document.lastModifiedBy;
      return { ...document, lastModifiedBy: { id, displayName: names.get(id ?? '') ?? null } };
    });
  }

  private async withRules(page: readonly PolicyDocument[], request: GraphRequest): Promise<readonly object[]> {
    return (await this.named(page)).map((document) => {
      const all = graphRules(document, request);
      return { ...document, rules: all, effectiveRules: all };
    });
  }
}
