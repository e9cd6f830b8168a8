import { Injectable } from '@nestjs/common';
import { isEnabled, liveSchedulesOf, type PrincipalState, type RoleAtScope } from '@pim/assignments/domain';
import { isProtectedRole } from '@pim/contracts';
import type { CommandContext } from '@pim/engine';
import { Principals } from '../principals/principals';
import { Endings } from './endings';
import { Places } from './places';

/** Only an account that is switched off is barred first; a group is never what the last-administrator rule counts. */
const isGroup = (state: PrincipalState): boolean => state.status !== 'absent' && state.principalType === 'group';

/** Ends what somebody still holds whose account is off, or who is gone. */
@Injectable()
export class Holdings {
  constructor(
    private readonly principals: Principals,
    private readonly places: Places,
    private readonly endings: Endings,
  ) {}

  /**
   * Ends all of it; silent for an account that is on, and where nothing is left. A grant that is being carried out
   * meanwhile is taken back by whoever carries it out. Throws 503 when read models do not catch up.
   */
  async end(principalId: string, context: CommandContext): Promise<void> {
    const state = await this.principals.load(principalId);
    if (isEnabled(state)) return;
    for (const place of await this.places.of(principalId)) await this.endAt(place, principalId, state, context);
  }

  /** Whether they are kept from some role that must keep holders, by its guard. */
  async isBarred(principalId: string): Promise<boolean> {
    const guards = await Promise.all((await this.places.guarded()).map((place) => this.endings.guard(place)));
    return guards.some((state) => state.barred.has(principalId));
  }

  private async endAt(
    place: RoleAtScope,
    principalId: string,
    principal: PrincipalState,
    context: CommandContext,
  ): Promise<void> {
    const { roleDefinitionId, directoryScopeId } = place;
    const ending = {
      place,
      principalId,
      reason: principal.status === 'deleted' ? ('principal-deleted' as const) : ('principal-disabled' as const),
      isProtected: isProtectedRole(roleDefinitionId, directoryScopeId) && !isGroup(principal),
      select: (state: Parameters<typeof liveSchedulesOf>[0], now: string) => liveSchedulesOf(state, principalId, now),
      // What is held by an account that is still off was held when it went off.
      isDue: async () => !isEnabled(await this.principals.load(principalId)),
    };
    await this.endings.end(ending, context);
  }
}
