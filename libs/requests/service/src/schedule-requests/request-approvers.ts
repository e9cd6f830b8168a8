import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Journal } from '@pim/engine';
import { AssignmentRights, CLOCK, Delegators, isMemberByRight, JOURNAL } from '@pim/platform';
import { fallenBack } from '../streams';
import type { RequestDocument } from './requests.projection';

/** Whose requests are to approve. */
@Injectable()
export class RequestApprovers {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly rights: AssignmentRights,
    private readonly delegators: Delegators,
  ) {}

  /** A user, and those whom they answer for. 503 as `Delegators`. */
  async behind(userId: string): Promise<readonly string[]> {
    return [userId, ...(await this.delegators.of(userId, this.clock.now()))];
  }

  /** Alone or through a group, by the log. */
  async isNamed(userId: string, { approverIds }: RequestDocument): Promise<boolean> {
    if (approverIds.includes(userId)) return true;
    const now = this.clock.now();
    const member = await Promise.all(approverIds.map((groupId) => isMemberByRight(this.journal, groupId, userId, now)));
    return member.includes(true);
  }

  /** Whether an approver delegated to this user; nobody decides on behalf of whoever asked. 503 as `Delegators`. */
  async isStandIn(userId: string, request: RequestDocument): Promise<boolean> {
    if (!request.needsApproval) return false;
    const absent = (await this.delegators.of(userId, this.clock.now())).filter((id) => id !== request.principalId);
    const approving = await Promise.all(absent.map((id) => this.approves(id, request)));
    return approving.includes(true);
  }

  private async approves(userId: string, request: RequestDocument): Promise<boolean> {
    if (await this.isNamed(userId, request)) return true;
    const isForDefault = !request.hasApprovers || (await this.journal.load(fallenBack, request.id)).state;
    return isForDefault && this.rights.administersRoles(userId);
  }
}
