import { Inject, Injectable } from '@nestjs/common';
import { notFound, type Joiner, type PrincipalCommand, type PrincipalState } from '@pim/assignments/domain';
import type { PrincipalEvent } from '@pim/contracts';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { CLOCK, JOURNAL, principalView } from '@pim/platform';
import { principalAggregate } from '../streams';

export type KnownPrincipal = Extract<PrincipalState, { status: 'known' }>;

/** The streams of principals, for whoever changes one: from the log, never from a read model. */
@Injectable()
export class Principals {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  get now(): string {
    return this.clock.now();
  }

  async load(id: string): Promise<PrincipalState> {
    return (await this.journal.load(principalView, id)).state;
  }

  /** Throws `Request_ResourceNotFound` for one that is not there. */
  async require(id: string): Promise<KnownPrincipal> {
    const state = await this.load(id);
    if (state.status === 'known') return state;
    throw notFound(id);
  }

  /** As somebody who is to join something. */
  async joiner(id: string): Promise<Joiner> {
    const state = await this.load(id);
    return { id, type: state.status === 'known' ? state.principalType : null };
  }

  /** Whether it changed anything. Throws what the rules refuse. */
  async execute(id: string, command: PrincipalCommand, context: CommandContext): Promise<boolean> {
    return (await this.record(id, command, context)).length > 0;
  }

  /** What it put on record, a refusal perhaps. Throws what the rules reject. */
  async record(id: string, command: PrincipalCommand, context: CommandContext): Promise<readonly PrincipalEvent[]> {
    return (await this.journal.execute(principalAggregate, id, command, context)).events;
  }
}
