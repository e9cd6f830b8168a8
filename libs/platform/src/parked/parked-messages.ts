import { Inject, Injectable } from '@nestjs/common';
import type { Bus, Clock, CommandContext, Journal, Parked } from '@pim/engine';
import { ApiError } from '../auth';
import { CLOCK, JOURNAL, LOG } from '../tokens';
import type { Log } from '../observe/log';
import { consumer } from './consumer.decide';

/** What of the bus this needs, and the consumer groups of this process. */
export interface Consumers {
  readonly bus: Pick<Bus, 'parked' | 'replay'>;
  readonly groups: readonly string[];
}

export const CONSUMERS = Symbol('Consumers');

/** What came of a replay, among what was asked for. */
export interface Replayed {
  readonly replayed: number;
  readonly remaining: number;
}

/** One event of a group, or all of them. */
export interface Choice {
  readonly group: string;
  readonly eventId: string | null;
}

/** Events that their consumers could not handle, and another try for them. */
@Injectable()
export class ParkedMessages {
  constructor(
    @Inject(CONSUMERS) private readonly consumers: Consumers,
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** All of them, those that wait longest first; where the bus is shared, those of other processes as well. */
  async list(): Promise<readonly Parked[]> {
    const parked = await this.consumers.bus.parked().catch((error: unknown) => this.unavailable(error));
    return parked.toSorted((a, b) => (a.since < b.since ? -1 : Number(a.since > b.since)));
  }

  /**
   * Records who asks, then hands what was chosen to its consumer once more; resolves when every handler has answered.
   * Throws 404 for a consumer that does not run here, and for an event that is not aside for it.
   */
  async replay(choice: Choice, context: CommandContext): Promise<Replayed> {
    const { group, eventId } = choice;
    if (!this.consumers.groups.includes(group)) throw absent('No consumer of this name runs here.');
    const count = await this.countOf(choice);
    if (eventId !== null && count === 0) throw absent('No such event is set aside for this consumer.');
    const data = { group, eventId, count, by: context.actor, now: this.clock.now() };
    await this.journal.execute(consumer, group, { type: 'RequestReplay', data }, context);
    const replayed = await this.consumers.bus
      .replay(group, eventId ?? undefined)
      .catch((error: unknown) => this.unavailable(error));
    return { replayed, remaining: await this.countOf(choice) };
  }

  private unavailable(err: unknown): never {
    this.log.error({ err }, 'what was set aside could not be read or replayed');
    throw new ApiError(503, 'ServiceUnavailable', 'What was set aside cannot be read now. Try again.', {
      'Retry-After': '1',
    });
  }

  private async countOf({ group, eventId }: Choice): Promise<number> {
    const parked = await this.list();
    return parked.filter((one) => one.group === group && (eventId === null || one.event.id === eventId)).length;
  }
}

const absent = (message: string): ApiError =>
  new ApiError(404, 'Request_ResourceNotFound', `${message} GET /openpim/v1/parkedMessages lists what is aside.`);
