import { Inject, Injectable } from '@nestjs/common';
import { under, type CommandContext, type Documents } from '@pim/engine';
import { DOCUMENTS, principals, ReadModels, type DirectoryObject } from '@pim/platform';
import { Principals } from '../principals/principals';

/** Takes a principal that is gone out of every group and administrative unit. */
@Injectable()
export class Memberships {
  constructor(
    @Inject(DOCUMENTS) private readonly documents: Documents,
    private readonly readModels: ReadModels,
    private readonly principals: Principals,
  ) {}

  /** Read models only say where to look, and are waited for. Silent where it is nowhere. */
  async end(id: string, context: CommandContext): Promise<void> {
    await this.readModels.fresh();
    const now = this.principals.now;
    for (const groupId of await this.groupsWith({ members: id })) {
      const data = { groupId, memberId: id, now };
      await this.principals.execute(groupId, { type: 'RemoveGroupMember', data }, under(context, `member:${groupId}`));
    }
    for (const groupId of await this.groupsWith({ owners: id })) {
      const data = { groupId, ownerId: id, isGone: true, now };
      await this.principals.execute(groupId, { type: 'RemoveGroupOwner', data }, under(context, `owner:${groupId}`));
    }
  }

  private async groupsWith(filter: Readonly<Record<string, string>>): Promise<readonly string[]> {
    return (await this.documents.find<DirectoryObject>(principals.collection, { filter })).map(({ id }) => id);
  }
}
