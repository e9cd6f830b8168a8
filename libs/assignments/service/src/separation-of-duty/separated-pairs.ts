import { Inject, Injectable } from '@nestjs/common';
import { pairsIn, type SeparatedPair, type SeparationCommand } from '@pim/assignments/domain';
import { separationOfDutyId, type Actor, type Instant, type SeparationOfDutyEvent } from '@pim/contracts';
import { under, type Clock, type CommandContext, type Journal } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { CLOCK, JOURNAL, roleDefinitionOf, Separation } from '@pim/platform';
import { separationAggregate } from '../streams';

/** A pair as `/openpim/v1` shows it. */
export interface ShownPair {
  readonly id: string;
  readonly roleDefinitionIds: readonly [string, string];
  readonly reason: string;
  readonly createdBy: Actor;
  readonly createdDateTime: Instant;
}

const shown = ({ pairId, roleDefinitionIds, reason, by, at }: SeparatedPair): ShownPair => ({
  id: pairId,
  roleDefinitionIds,
  reason,
  createdBy: by,
  createdDateTime: at,
});

/** The tenant's pairs of roles that nobody may have together, from the log itself. */
@Injectable()
export class SeparatedPairs {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly separation: Separation,
  ) {}

  get now(): Instant {
    return this.clock.now();
  }

  /** The oldest first. */
  async list(): Promise<readonly ShownPair[]> {
    return pairsIn(await this.separation.pairs()).map(shown);
  }

  /** Throws `Request_ResourceNotFound` for one that is not there. */
  async get(pairId: string): Promise<ShownPair> {
    const found = (await this.separation.pairs()).pairs.get(pairId);
    if (found) return shown(found);
    throw new Rejection(
      'not-found',
      'Request_ResourceNotFound',
      'There is no such pair. List them to see which there are.',
    );
  }

  async has(pairId: string): Promise<boolean> {
    return (await this.separation.pairs()).pairs.has(pairId);
  }

  /** Which of these are no role. */
  async unknown(roleDefinitionIds: readonly string[]): Promise<readonly string[]> {
    const roles = await Promise.all(roleDefinitionIds.map((id) => roleDefinitionOf(this.journal, id)));
    return roleDefinitionIds.filter((_, index) => roles[index]?.status !== 'known');
  }

  /** Who has both at some time from now on. Throws 503 when it cannot be found out. */
  violators(roleDefinitionIds: readonly [string, string]): Promise<readonly string[]> {
    return this.separation.holdersOfBoth(roleDefinitionIds, this.now);
  }

  /**
   * Looks again after the declaration: whoever was given both before the pair was there to be found has them, and then it
   * does not come about. Answers them; silent once it is settled.
   */
  async settle(
    pairId: string,
    roleDefinitionIds: readonly [string, string],
    context: CommandContext,
  ): Promise<readonly string[]> {
    const violators = await this.violators(roleDefinitionIds);
    const data = { pairId, violators, by: context.actor, now: this.now };
    await this.record({ type: 'SettlePair', data }, under(context, 'settle'));
    return violators;
  }

  /** What it put on record. Throws what the list rejects. */
  async record(command: SeparationCommand, context: CommandContext): Promise<readonly SeparationOfDutyEvent[]> {
    return (await this.journal.execute(separationAggregate, separationOfDutyId, command, context)).events;
  }
}
