import { Inject, Injectable } from '@nestjs/common';
import type { EndHoldings, RoleAtScope, RoleScheduleState, Schedule } from '@pim/assignments/domain';
import type { EndReason } from '@pim/contracts';
import { under, type Clock, type CommandContext, type Journal } from '@pim/engine';
import { CLOCK, JOURNAL, roleScheduleView } from '@pim/platform';
import { roleScheduleAggregate } from '../streams';
import { streamOf } from './places';

/** What is to end at one place, whose it is, and why. */
export interface Ending {
  readonly place: RoleAtScope;
  readonly principalId: string;
  readonly reason: EndReason;
  /** As `EndHoldings` has it. */
  readonly isProtected: boolean;
  /** Which of what is found there. */
  select(state: RoleScheduleState, now: string): readonly Schedule[];
  /** Asked after the schedules were read: what they rested on has gone, and not come back. */
  isDue(): Promise<boolean>;
}

/** Ends schedules that nothing carries any more. */
@Injectable()
export class Endings {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The guard of a role as it is now. */
  async guard(place: RoleAtScope): Promise<RoleScheduleState> {
    return (await this.journal.load(roleScheduleView, streamOf(place))).state;
  }

  /** Silent when there is nothing to end. */
  async end({ place, principalId, reason, isProtected, ...ending }: Ending, context: CommandContext): Promise<void> {
    const id = streamOf(place);
    const now = this.clock.now();
    const { state, revision } = await this.journal.load(roleScheduleView, id);
    const scheduleIds = ending.select(state, now).map(({ scheduleId }) => scheduleId);
    if (scheduleIds.length === 0 || !(await ending.isDue())) return;
    const data: EndHoldings['data'] = { principalId, scheduleIds, isProtected, reason, by: context.actor, now };
    // The revision, because another try may find more to end than the one before.
    const own = under(context, `${id}:${principalId}:${revision}`);
    await this.journal.execute(roleScheduleAggregate, id, { type: 'EndHoldings', data }, own);
  }
}
