import { Inject, Injectable } from '@nestjs/common';
import { throughGroup, type RoleAtScope } from '@pim/assignments/domain';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { CLOCK, isMember, JOURNAL } from '@pim/platform';
import { Endings } from './endings';
import { Places } from './places';

/** Who left which group. */
export interface Departure {
  readonly groupId: string;
  readonly memberId: string;
}

/** Ends what somebody activated through a group that they are no longer in (reference §4.9). */
@Injectable()
export class Departures {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly places: Places,
    private readonly endings: Endings,
  ) {}

  /**
   * Silent for somebody who is in it, and where nothing is left. An activation that is being carried out meanwhile is
   * taken back by whoever carries it out.
   */
  async end(departure: Departure, context: CommandContext): Promise<void> {
    if (!(await this.hasLeft(departure))) return;
    const { groupId, memberId } = departure;
    // An activation that an approver narrowed is where only its holder has something.
    for (const place of await this.places.of(groupId, memberId)) await this.endAt(place, departure, context);
  }

  /** The same for one role, where it is known to matter. */
  async endAt(place: RoleAtScope, departure: Departure, context: CommandContext): Promise<void> {
    const ending = {
      place,
      principalId: departure.memberId,
      reason: 'membership-ended' as const,
      // An activation is never what the last-administrator rule counts.
      isProtected: false,
      select: (state: Parameters<typeof throughGroup>[0], now: string) => throughGroup(state, departure, now),
      isDue: () => this.hasLeft(departure),
    };
    await this.endings.end(ending, context);
  }

  private async hasLeft({ groupId, memberId }: Departure): Promise<boolean> {
    return !(await isMember(this.journal, groupId, memberId, this.clock.now()));
  }
}
