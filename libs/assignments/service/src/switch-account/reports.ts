import { Inject, Injectable } from '@nestjs/common';
import type { Documents } from '@pim/engine';
import { DOCUMENTS, principals, ReadModels, type DirectoryObject } from '@pim/platform';
import { Principals } from '../principals/principals';

/** So many levels up an approval may ask for a manager. */
const levels = 10;

/** More people than these below somebody are not looked at one by one. */
const most = 100;

/** Everybody below somebody, nearest first; null: more than are looked at. */
export type Below = readonly string[] | null;

/** Who reports to whom. The read model says where to look, the log whether it is so. */
@Injectable()
export class Reports {
  constructor(
    @Inject(DOCUMENTS) private readonly documents: Documents,
    private readonly readModels: ReadModels,
    private readonly principals: Principals,
  ) {}

  /** Directly and through others, as many levels as approvals may ask for. Throws 503 when read models do not catch up. */
  async below(userId: string): Promise<Below> {
    await this.readModels.fresh();
    const found = new Set<string>();
    let above: readonly string[] = [userId];
    for (let level = 0; level < levels && above.length > 0; level += 1) {
      const next = await this.directly(above);
      if (found.size + next.length > most) return null;
      above = next.filter((id) => id !== userId && !found.has(id));
      for (const id of above) found.add(id);
    }
    return [...found];
  }

  private async directly(managerIds: readonly string[]): Promise<readonly string[]> {
    const filter = { principalType: 'user', managerId: { $in: managerIds } };
    const hints = await this.documents.find<DirectoryObject>(principals.collection, { filter, limit: most + 1 });
    const states = await Promise.all(hints.map(({ id }) => this.principals.load(id)));
    return hints.flatMap(({ id }, index) => {
      const state = states[index];
      const managerId = state?.status === 'known' ? state.attributes.managerId : null;
      return managerId !== null && managerIds.includes(managerId) ? [id] : [];
    });
  }
}
