import { Inject, Injectable } from '@nestjs/common';
import type { Documents, Journal } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { DOCUMENTS, JOURNAL, TENANT, type Tenant } from '@pim/platform';
import { versionsOf, type Policy, type PolicyVersion } from '@pim/requests/domain';
import { principalNames } from '../principal-names';
import { policyFor } from '../streams';
import { policyCollection } from './policies.projection';
import { subjectOfPolicy } from './policy-id';
import { versionDocument, type VersionDocument } from './policy-version-set';

/** The versions of a policy, newest first, and its settings before the first. */
export interface Past {
  readonly versions: readonly PolicyVersion[];
  readonly defaults: Policy;
}

/** What the settings of a role or group were, from the log. */
@Injectable()
export class PolicyPast {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(DOCUMENTS) private readonly documents: Documents,
    @Inject(TENANT) private readonly tenant: Tenant,
  ) {}

  /** Throws 404 for what neither is a policy nor was one. */
  async of(policyId: string): Promise<Past> {
    const subject = subjectOfPolicy(this.tenant.tenantId, policyId);
    if (!subject) throw missingPolicy(`policy '${policyId.slice(0, 200)}'`);
    const { roleDefinitionId, scopeId: directoryScopeId } = subject;
    const { history, id } = policyFor({ roleDefinitionId, directoryScopeId });
    const { state } = await this.journal.load(history, id);
    if (state.latest === null && (await this.documents.count(policyCollection, { id: policyId })) === 0)
      throw missingPolicy(`policy '${policyId.slice(0, 200)}'`);
    return { versions: versionsOf(state), defaults: history.view.initial.policy };
  }

  /** With the names of those who made them. */
  async documentsOf(versions: readonly PolicyVersion[]): Promise<readonly VersionDocument[]> {
    const ids = versions.map(({ by }) => by.id);
    const names = await principalNames(this.documents, ids);
    return versions.map((version) => versionDocument(version, names));
  }
}

/** 404 for a policy or version that is not there. */
export const missingPolicy = (what: string): Rejection =>
  new Rejection('not-found', 'ResourceNotFound', `There is no ${what}.`);
