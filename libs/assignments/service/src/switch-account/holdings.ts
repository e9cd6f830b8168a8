import { Inject, Injectable } from '@nestjs/common';
import { protectedRoles, roleScheduleId } from '@pim/contracts';
import type { Clock, CommandContext, Documents, Journal } from '@pim/engine';
import { CLOCK, DOCUMENTS, JOURNAL, roleScheduleView } from '@pim/platform';
import { assignmentDocuments } from '../schedules/assignment-documents.projection';
import { eligibilityDocuments } from '../schedules/eligibility-documents.projection';
import { roleScheduleAggregate } from '../streams';
import { roleSchedule, type BarPrincipal } from '@pim/assignments/domain';

interface Held {
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string;
}

const protectedHere: readonly Held[] = protectedRoles.map((roleDefinitionId) => ({
  roleDefinitionId,
  directoryScopeId: '/',
}));

/** Ends what an account holds, guard streams of protected roles first. */
@Injectable()
export class Holdings {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(DOCUMENTS) private readonly documents: Documents,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Bars the account from every protected role and ends what it holds there. Throws the guard's `Rejection` when it is
   * the last administrator of one; all guards are asked before the first one is written.
   */
  async bar(principalId: string, context: CommandContext): Promise<void> {
    for (const held of protectedHere) {
      const { state } = await this.journal.load(roleScheduleView, this.streamOf(held));
      roleSchedule.decide(this.barring(held, principalId, context), state);
    }
    for (const [index, held] of protectedHere.entries())
      await this.journal.execute(
        roleScheduleAggregate,
        this.streamOf(held),
        this.barring(held, principalId, context),
        nth(context, index),
      );
  }

  /** Lets grants to the account happen again; what it held does not come back. */
  async lift(principalId: string, context: CommandContext): Promise<void> {
    for (const [index, held] of protectedHere.entries()) {
      const data = { ...held, principalId, by: context.actor, now: this.clock.now() };
      await this.journal.execute(
        roleScheduleAggregate,
        this.streamOf(held),
        { type: 'LiftBar', data },
        nth(context, index),
      );
    }
  }

  /**
   * Ends what the account holds in all other roles. Read models only say where to look: an answer "active" also needs
   * an account that is on, and the reaction to `PrincipalDisabled` looks again.
   */
  async endOthers(principalId: string, context: CommandContext): Promise<void> {
    const filter = { principalId, roleDefinitionId: { $nin: protectedRoles } };
    const found = await Promise.all(
      [assignmentDocuments, eligibilityDocuments].map(({ collection }) =>
        this.documents.find<Held>(collection, { filter }),
      ),
    );
    const ids = [...new Set(found.flat().map((held) => this.streamOf(held)))];
    for (const id of ids) {
      const data = { principalId, by: context.actor, now: this.clock.now() };
      const own = { ...context, commandId: `${context.commandId}:${id}` };
      await this.journal.execute(roleScheduleAggregate, id, { type: 'EndHoldings', data }, own);
    }
  }

  private barring(held: Held, principalId: string, { actor }: CommandContext): BarPrincipal {
    return {
      type: 'BarPrincipal',
      data: { ...held, principalId, isProtected: true, by: actor, now: this.clock.now() },
    };
  }

  private streamOf({ roleDefinitionId, directoryScopeId }: Held): string {
    return roleScheduleId(roleDefinitionId, directoryScopeId);
  }
}

/** Several streams under one command: each append has ids of its own. */
const nth = (context: CommandContext, index: number): CommandContext => ({
  ...context,
  commandId: `${context.commandId}:${index}`,
});
