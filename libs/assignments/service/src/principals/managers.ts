import { Injectable } from '@nestjs/common';
import { mostManagersAbove, requireManagerFit, type ManagerToBe } from '@pim/assignments/domain';
import { Turns } from '@pim/platform';
import { Principals } from './principals';

/** Who is above whom, by the log; nobody in a process becomes a manager while somebody else does (ADR 14). */
@Injectable()
export class Managers {
  private readonly turns = new Turns();

  constructor(private readonly principals: Principals) {}

  /** Does the work with what is known of the one who is to be a manager; null when nobody is. */
  async holding<T>(
    managerId: string | null | undefined,
    work: (manager: ManagerToBe | null) => Promise<T>,
  ): Promise<T> {
    if (!managerId) return work(null);
    const pass = await this.turns.take('managers');
    try {
      return await work(await this.toBe(managerId));
    } finally {
      pass();
    }
  }

  /** Throws what setting this manager would. */
  async require(principalId: string, managerId: string | null | undefined): Promise<void> {
    const user = await this.principals.require(principalId);
    if (managerId && managerId !== user.attributes.managerId)
      requireManagerFit(user, principalId, await this.toBe(managerId));
  }

  private async toBe(id: string): Promise<ManagerToBe> {
    const above: string[] = [];
    let next = await this.managerIdOf(id);
    while (next !== null && above.length < mostManagersAbove) {
      above.push(next);
      next = await this.managerIdOf(next);
    }
    return { ...(await this.principals.joiner(id)), above };
  }

  private async managerIdOf(id: string): Promise<string | null> {
    const state = await this.principals.load(id);
    return state.status === 'known' ? state.attributes.managerId : null;
  }
}
