import { Inject, Injectable } from '@nestjs/common';
import { globalAdministrator, privilegedRoleAdministrator } from '@pim/contracts';
import type { Clock, Documents, Filter } from '@pim/engine';
import {
  CLOCK,
  DIRECTORY_ROLES,
  DOCUMENTS,
  principals,
  READERS,
  requireSubjectOrReader,
  type Caller,
  type DirectoryRoles,
} from '@pim/platform';
import type { RequestDocument } from './requests.projection';

export type Relation = 'principal' | 'createdBy' | 'approver';

/** Which requests are whose business. */
@Injectable()
export class Interest {
  constructor(
    @Inject(DOCUMENTS) private readonly documents: Documents,
    @Inject(DIRECTORY_ROLES) private readonly roles: DirectoryRoles,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The requests somebody is the principal, the creator or an approver of (reference §1.3). */
  async filter(on: Relation, me: string): Promise<Filter> {
    if (on === 'principal') return { principalId: me };
    if (on === 'createdBy') return { createdById: me };
    const groups = await this.documents.find<{ id: string }>(principals.collection, { filter: { members: me } });
    const named = { approverIds: { $in: [me, ...groups.map(({ id }) => id)] } };
    const top = await this.roles.heldBy(me, [globalAdministrator, privilegedRoleAdministrator], this.clock.now());
    const byDefault = { needsApproval: true, hasApprovers: false };
    const approver = top.length > 0 ? { $or: [named, byDefault] } : named;
    return { $and: [approver, { principalId: { $ne: me } }] };
  }

  /** Throws 403 unless the request is about the caller, was sent by them, or they hold a reader's role. */
  async require(caller: Caller, { principalId, createdById }: RequestDocument): Promise<void> {
    const held = await this.roles.heldBy(caller.id, READERS, this.clock.now());
    requireSubjectOrReader(caller, held, [principalId, createdById]);
  }
}
