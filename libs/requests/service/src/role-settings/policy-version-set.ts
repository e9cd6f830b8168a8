import type { Instant } from '@pim/contracts';
import type { EntitySchema } from '@pim/odata';
import { property, type EntitySet } from '@pim/platform';
import {
  changedOwnSettings,
  changedRules,
  toGraphRule,
  type OwnSettingChange,
  type Policy,
  type PolicyVersion,
  type RuleChange,
} from '@pim/requests/domain';
import { policyCollection } from './policies.projection';

/** A version as lists show it: who made it, and what it changed. */
export interface VersionDocument {
  readonly version: number;
  readonly at: Instant;
  readonly by: { readonly id: string; readonly displayName: string | null };
  readonly changedRules: readonly object[];
  readonly changedSettings: readonly OwnSettingChange[];
}

const schema: EntitySchema = {
  name: 'policyVersion',
  properties: {
    id: { type: 'int', field: 'version', optional: true },
    version: { type: 'int' },
    at: property.instant,
    by: { type: 'complex', of: { id: property.text, displayName: property.name } },
    changedRules: { type: 'collection', filterable: false },
    changedSettings: { type: 'collection', filterable: false },
  },
};

/** The versions of one policy. */
export const versionSetOf = (policyId: string): EntitySet<VersionDocument> => ({
  path: `policies('${policyId}')/versions`,
  collection: policyCollection,
  schema,
  expand: {},
});

/** All of them as they were. Rules as Graph's v1.0 writes them: OpenPIM's own paths have one version. */
export const settingsOf = ({ rules, customExtension, emergencyAccess }: Policy): object => ({
  customExtension,
  emergencyAccess,
  rules: rules.map((rule) => toGraphRule(rule, 'v1.0')),
});

const changed = ({ before, after }: RuleChange): object => ({
  id: after.id,
  before: toGraphRule(before, 'v1.0'),
  after: toGraphRule(after, 'v1.0'),
});

/** With the name of whoever made it, from `names`. */
export const versionDocument = (made: PolicyVersion, names: ReadonlyMap<string, string | null>): VersionDocument => ({
  version: made.version,
  at: made.at,
  by: { id: made.by.id, displayName: names.get(made.by.id) ?? null },
  changedRules: changedRules(made).map(changed),
  changedSettings: changedOwnSettings(made),
});
