import { Injectable } from '@nestjs/common';
import { liveSchedulesOf, principalsIn, type RoleAtScope } from '@pim/assignments/domain';
import type { CommandContext } from '@pim/engine';
import { Endings } from '../leave/endings';
import { Places } from '../leave/places';

/** The scopes that a directory object can be (reference §0.3); the last one is a group's in PIM for Groups. */
const scopesOf = (id: string): readonly string[] => [`/${id}`, `/administrativeUnits/${id}`, id];

/** Ends what is held at a scope that is gone. */
@Injectable()
export class Scopes {
  constructor(
    private readonly places: Places,
    private readonly endings: Endings,
  ) {}

  /** Whoever holds it, whatever the role. Silent where nothing is held. */
  async end(objectId: string, context: CommandContext): Promise<void> {
    for (const place of await this.places.at(scopesOf(objectId)))
      for (const principalId of principalsIn(await this.endings.guard(place)))
        await this.endOne(place, principalId, context);
  }

  /** The last-administrator rule counts nothing below the tenant. */
  private async endOne(place: RoleAtScope, principalId: string, context: CommandContext): Promise<void> {
    const ending = {
      place,
      principalId,
      reason: 'scope-deleted' as const,
      isProtected: false,
      select: (state: Parameters<typeof liveSchedulesOf>[0], now: string) => liveSchedulesOf(state, principalId, now),
      isDue: () => Promise.resolve(true),
    };
    await this.endings.end(ending, context);
  }
}
