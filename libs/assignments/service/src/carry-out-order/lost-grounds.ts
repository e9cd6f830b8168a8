import { Injectable } from '@nestjs/common';
import type { ScheduleOrder } from '@pim/contracts';
import { under, type CommandContext } from '@pim/engine';
import { Scopes } from '../delete-principal/scopes';
import { Departures } from '../leave/departures';
import { RoleHoldings } from '../role-definitions/role-holdings';
import { SecondLook } from '../separation-of-duty/second-look';

/**
 * What a grant rests on, and may be gone by the time it is recorded: its scope, its role, its holder's place in a group, and
 * that its holder has no role that must be apart from it.
 */
@Injectable()
export class LostGrounds {
  constructor(
    private readonly scopes: Scopes,
    private readonly holdings: RoleHoldings,
    private readonly departures: Departures,
    private readonly separated: SecondLook,
  ) {}

  /**
   * Ends what was granted if one of these is gone; answers whether that was because of the last. `groupId`: whose
   * eligibility it was activated from; null: none.
   */
  async endAt(order: ScheduleOrder, groupId: string | null, context: CommandContext): Promise<boolean> {
    const { principalId } = order;
    await this.scopes.endAt(order, principalId, under(context, 'scope'));
    await this.holdings.endAt(order, principalId, under(context, 'role'));
    if (groupId) await this.departures.endAt(order, { groupId, memberId: principalId }, under(context, 'left'));
    return this.separated.atGrant(order, context);
  }
}
