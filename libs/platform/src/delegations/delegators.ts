import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '@pim/contracts';
import type { Documents, Journal } from '@pim/engine';
import { DIRECTORY_ROLES, type DirectoryRoles } from '../auth';
import { ReadModels } from '../read-models';
import { DOCUMENTS, JOURNAL } from '../tokens';
import { delegationDocuments, type DelegationDocument } from './delegations.projection';
import { handovers, standsIn } from './handovers';

/** For whom somebody answers. Every service that asks lists `delegationDocuments`. */
@Injectable()
export class Delegators {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(DOCUMENTS) private readonly documents: Documents,
    @Inject(DIRECTORY_ROLES) private readonly roles: DirectoryRoles,
    private readonly readModels: ReadModels,
  ) {}

  /**
   * Those who have delegated to this user and can sign in themselves. A read model says whom to look at, the log whether
   * it is so. 503 while read models are behind: then nobody can say that there is none.
   */
  async of(delegateId: string, now: Instant): Promise<readonly string[]> {
    await this.readModels.fresh();
    const ids = await this.hinted(delegateId, now);
    const really = await Promise.all(ids.map((id) => this.isSo(id, delegateId, now)));
    return ids.filter((_, index) => really[index]);
  }

  private async hinted(delegateId: string, now: Instant): Promise<readonly string[]> {
    const filter = { delegateId, startDateTime: { $lte: now }, endDateTime: { $gt: now } };
    const found = await this.documents.find<DelegationDocument>(delegationDocuments.collection, { filter });
    return [...new Set(found.map(({ delegatorId }) => delegatorId))];
  }

  private async isSo(delegatorId: string, delegateId: string, now: Instant): Promise<boolean> {
    const { state } = await this.journal.load(handovers, delegatorId);
    return standsIn(state, delegateId, now) && (await this.roles.accountKind(delegatorId)) === 'user';
  }
}
