import { Injectable } from '@nestjs/common';
import { liveSchedulesOf, principalsIn, type RoleAtScope, type RoleScheduleState } from '@pim/assignments/domain';
import type { CommandContext } from '@pim/engine';
import { Endings } from '../leave/endings';
import { Places } from '../leave/places';
import { CustomRoles } from './custom-roles';

/** Who has a custom role: that it may be deleted, and that nobody has it afterwards. */
@Injectable()
export class RoleHoldings {
  constructor(
    private readonly places: Places,
    private readonly endings: Endings,
    private readonly roles: CustomRoles,
  ) {}

  /** Whether somebody has it or is eligible for it, now or later, at any scope. Throws 503 when read models are late. */
  async any(roleDefinitionId: string): Promise<boolean> {
    for (const place of await this.places.ofRole(roleDefinitionId)) {
      const guard = await this.endings.guard(place);
      if (principalsIn(guard).some((id) => liveSchedulesOf(guard, id, this.roles.now).length > 0)) return true;
    }
    return false;
  }

  /**
   * Ends what was granted of a role in the moment it was deleted; silent for a role that is there. A grant that is being
   * carried out meanwhile is taken back by whoever carries it out.
   */
  async end(roleDefinitionId: string, context: CommandContext): Promise<void> {
    for (const place of await this.places.ofRole(roleDefinitionId))
      for (const principalId of principalsIn(await this.endings.guard(place)))
        await this.endAt(place, principalId, context);
  }

  /** The same for one principal at one scope, where it is known to matter. */
  async endAt(place: RoleAtScope, principalId: string, context: CommandContext): Promise<void> {
    const ending = {
      place,
      principalId,
      reason: 'role-deleted' as const,
      // The last-administrator rule knows built-in roles only.
      isProtected: false,
      select: (state: RoleScheduleState, now: string) => liveSchedulesOf(state, principalId, now),
      isDue: async () => (await this.roles.load(place.roleDefinitionId)).status === 'deleted',
    };
    await this.endings.end(ending, context);
  }
}
