import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { agreedSoFar, currentStage, type Basis, type OpenedState, type Voter } from '@pim/approvals/domain';
import type { Actor, Approver, Instant } from '@pim/contracts';
import type { Clock, Journal } from '@pim/engine';
import { canonicalJson } from '@pim/kernel';
import {
  administers,
  CLOCK,
  Delegators,
  DIRECTORY_ROLES,
  isMemberByRight,
  JOURNAL,
  membersByRight,
  policyRevision,
  type DirectoryRoles,
} from '@pim/platform';

/**
 * Who may decide (reference §3.4): the designated approvers, those named for an escalation once its time has come, and
 * Global and Privileged Role Administrators where nobody is named or those who are cannot settle it.
 */
@Injectable()
export class Approvers {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(DIRECTORY_ROLES) private readonly roles: DirectoryRoles,
    private readonly delegators: Delegators,
  ) {}

  /** The instant by which it answers. */
  now(): Instant {
    return this.clock.now();
  }

  /** In which capacity somebody would answer the stage that is asked. From the log: it decides who may say yes. */
  async voter(state: OpenedState, by: Actor): Promise<Voter> {
    if (await this.includes(state, by.id)) return { by, onBehalfOf: null, isApprover: true };
    const absent = await this.absentBehind(state, by.id);
    // Of several, one for whom it may be done; otherwise the refusal says why not.
    const onBehalfOf = absent.find((id) => !isInvolved(state, id)) ?? absent[0] ?? null;
    return { by, onBehalfOf, isApprover: onBehalfOf !== null };
  }

  /** What an answer given now is about, and what it would be about had the approver been shown `shownDigest`. */
  async basis({ order, terms, orderVersion, stages }: OpenedState, shownDigest: string | null): Promise<Basis> {
    const settings = await policyRevision(this.journal, order);
    const digest = createHash('sha256').update(canonicalJson({ order, terms, settings })).digest('hex');
    return { stage: stages.length, digest, orderVersion, shownDigest };
  }

  /** Whether this user decides where no approver is named. */
  isDefaultApprover(userId: string): Promise<boolean> {
    return administers(this.roles, userId, this.clock.now());
  }

  /** How many of those who are named could still say yes to the stage that is asked; counted no further than it needs. */
  async possible(state: OpenedState): Promise<number> {
    const { terms, stage } = currentStage(state);
    const missing = terms.requiredApprovals - stage.agreements.length;
    const barred = agreedSoFar(state);
    const found = new Set<string>();
    for (const userId of await this.candidates(state)) {
      if (found.size >= missing) break;
      if (!barred.has(userId) && !isInvolved(state, userId) && (await this.canSignIn(userId))) found.add(userId);
    }
    return found.size;
  }

  /** Those for whom this user answers, as far as the stage is theirs to decide. */
  private async absentBehind(state: OpenedState, userId: string): Promise<readonly string[]> {
    const absent = await this.delegators.of(userId, this.clock.now());
    const included = await Promise.all(absent.map((id) => this.includes(state, id)));
    return absent.filter((_, index) => included[index]);
  }

  private async includes(state: OpenedState, userId: string): Promise<boolean> {
    if (await this.names(this.namedIn(state), userId)) return true;
    return (await this.isForDefault(state)) && (await this.isDefaultApprover(userId));
  }

  private async isForDefault(state: OpenedState): Promise<boolean> {
    const { terms, stage } = currentStage(state);
    if (terms.approvers.length === 0 || stage.hasFallenBack) return true;
    return (await this.possible(state)) < terms.requiredApprovals - stage.agreements.length;
  }

  /** Whether the escalation is on record does not matter: its time has come or not. */
  private namedIn(state: OpenedState): readonly Approver[] {
    const { terms, stage } = currentStage(state);
    const isEscalated = stage.escalatesAt !== null && stage.escalatesAt <= this.clock.now();
    return isEscalated ? [...terms.approvers, ...(terms.escalation?.approvers ?? [])] : terms.approvers;
  }

  private async names(named: readonly Approver[], userId: string): Promise<boolean> {
    for (const { type, id } of named) {
      if (type === 'singleUser' && id === userId) return true;
      if (type === 'groupMembers' && (await isMemberByRight(this.journal, id, userId, this.clock.now()))) return true;
    }
    return false;
  }

  private async candidates(state: OpenedState): Promise<readonly string[]> {
    const now = this.clock.now();
    const found = await Promise.all(
      this.namedIn(state).map(async ({ type, id }) =>
        type === 'singleUser' ? [id] : membersByRight(this.journal, id, now),
      ),
    );
    return found.flat();
  }

  private async canSignIn(userId: string): Promise<boolean> {
    return (await this.roles.accountKind(userId)) === 'user';
  }
}

/** Whoever asked, for whom, and whoever wrote the settings it was asked under: none of them decides. */
const isInvolved = ({ order, terms }: OpenedState, userId: string): boolean =>
  [order.principalId, order.actor.id, ...terms.policyAuthorIds].includes(userId);
