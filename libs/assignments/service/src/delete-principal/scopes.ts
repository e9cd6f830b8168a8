import { Injectable } from '@nestjs/common';
import { liveSchedulesOf, principalsIn, type RoleAtScope } from '@pim/assignments/domain';
import type { CommandContext } from '@pim/engine';
import { Endings } from '../leave/endings';
import { Places } from '../leave/places';
import { Principals } from '../principals/principals';

/** The scopes that a directory object can be (reference §0.3); the last one is a group's in PIM for Groups. */
const scopesOf = (id: string): readonly string[] => [`/${id}`, `/administrativeUnits/${id}`, id];

/** The object that a scope is; null for the tenant. */
const objectOf = (scope: string): string | null => scope.slice(scope.lastIndexOf('/') + 1) || null;

/** Ends what is held at a scope that is gone. */
@Injectable()
export class Scopes {
  constructor(
    private readonly places: Places,
    private readonly endings: Endings,
    private readonly principals: Principals,
  ) {}

  /**
   * Whoever holds it, whatever the role. Silent for an object that is there, and where nothing is held. A grant that is
   * being carried out meanwhile is taken back by whoever carries it out.
   */
  async end(objectId: string, context: CommandContext): Promise<void> {
    for (const place of await this.places.at(scopesOf(objectId)))
      for (const principalId of principalsIn(await this.endings.guard(place)))
        await this.endAt(place, principalId, context);
  }

  /** The same for one role of one principal, where it is known to matter. */
  async endAt(place: RoleAtScope, principalId: string, context: CommandContext): Promise<void> {
    const ending = {
      place,
      principalId,
      reason: 'scope-deleted' as const,
      // The last-administrator rule counts nothing below the tenant.
      isProtected: false,
      select: (state: Parameters<typeof liveSchedulesOf>[0], now: string) => liveSchedulesOf(state, principalId, now),
      isDue: () => this.isGone(place),
    };
    await this.endings.end(ending, context);
  }

  private async isGone({ directoryScopeId }: RoleAtScope): Promise<boolean> {
    const id = objectOf(directoryScopeId);
    return id !== null && (await this.principals.load(id)).status === 'deleted';
  }
}
