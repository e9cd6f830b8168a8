import { Inject, Injectable } from '@nestjs/common';
import { roleScheduleId, type ScheduleOrder } from '@pim/contracts';
import type { CommandContext, Documents, Journal } from '@pim/engine';
import {
  AssignmentRights,
  DOCUMENTS,
  JOURNAL,
  managerOf,
  OrderGrounds,
  selfAndGroups,
  type OrderGround,
} from '@pim/platform';
import { managerLevels, type Ask, type Facts } from '@pim/requests/domain';
import { eligibilitySchedules } from '../schedule-requests/schedule-expanders';
import { requestDocuments, waitingActivation, waitingExtension } from '../schedule-requests/requests.projection';
import { policyFor, rolesAsSeenHere } from '../streams';

/** Who asks, and how they had signed in. */
export type Requester = Pick<CommandContext, 'actor' | 'authentication'>;

/** What a request is judged under, and the guard's own ground to forecast its answer from. */
export interface Gathered {
  readonly facts: Facts;
  readonly ground: OrderGround;
}

/** Gathers what `judge` must know: from the log, but for two hints, which emergency access does without. */
@Injectable()
export class GatherFacts {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(DOCUMENTS) private readonly documents: Documents,
    private readonly rights: AssignmentRights,
    private readonly grounds: OrderGrounds,
  ) {}

  /** `hasHints` false: read models are not asked. */
  async for(ask: Ask, requester: Requester, hasHints = true): Promise<Gathered> {
    const directoryScopeId = ask.directoryScopeId ?? '/';
    const settings = policyFor({ ...ask, directoryScopeId });
    const [ground, policy, role, isAdministrator, pendingRequestExists] = await Promise.all([
      ask.isEmergency
        ? this.grounds.inEmergency({ ...ask, directoryScopeId })
        : this.grounds.of({ ...ask, directoryScopeId }),
      this.journal.load(settings.view, settings.id),
      this.journal.load(rolesAsSeenHere, roleScheduleId(ask.roleDefinitionId, directoryScopeId)),
      this.isAdministrator({ ...ask, directoryScopeId }, requester),
      hasHints && this.isPending(ask, directoryScopeId),
    ]);
    const { facts: known } = ground;
    const { now } = known;
    const facts: Facts = {
      now,
      caller: { actor: requester.actor, authentication: requester.authentication, isAdministrator },
      policy: policy.state,
      role: role.state,
      roleExists: ground.roleKnown,
      isOfGroup: known.isOfGroup,
      scope: ground.scope,
      isEligibleElsewhere: hasHints && (await this.isEligibleElsewhere(ask, directoryScopeId, ground, now)),
      roleEnabled: known.roleEnabled,
      principal: {
        known: known.isPrincipalKnown,
        type: known.principalType,
        enabled: known.principalEnabled,
        groupIds: known.groupIds,
        managerIds: await this.managersOf(ask.principalId, managerLevels(ask, policy.state)),
        isAssignableToRole: known.isAssignableToRole,
      },
      pendingRequestExists,
    };
    return { facts, ground };
  }

  /** The manager, the manager's manager, and so on, as many as are asked for and there are. */
  private async managersOf(userId: string, levels: number): Promise<readonly string[]> {
    const chain: string[] = [];
    for (let id: string | null = userId; chain.length < levels; chain.push(id)) {
      id = await managerOf(this.journal, id);
      if (id === null) break;
    }
    return chain;
  }

  /** An application's permission was checked at the door; set-up acts before there is any administrator. */
  private async isAdministrator(
    subject: Pick<ScheduleOrder, 'roleDefinitionId' | 'directoryScopeId'>,
    { actor }: Requester,
  ): Promise<boolean> {
    return actor.kind !== 'user' || (await this.rights.administers(subject, actor.id));
  }

  /** Only to say what is wrong with an activation that is refused in any case. */
  private async isEligibleElsewhere(
    { action, principalId, roleDefinitionId }: Ask,
    directoryScopeId: string,
    { facts }: OrderGround,
    now: string,
  ): Promise<boolean> {
    if (action !== 'selfActivate' || facts.isOfGroup) return false;
    const principals = await selfAndGroups(this.documents, principalId, now);
    const filter = {
      principalId: { $in: principals },
      roleDefinitionId,
      directoryScopeId: { $ne: directoryScopeId },
      startDateTime: { $lte: now },
      $or: [{ endDateTime: null }, { endDateTime: { $gt: now } }],
    };
    return (await this.documents.count(eligibilitySchedules, filter)) > 0;
  }

  /** A courtesy, not a guard: should two requests wait side by side, the guard of the role carries out only one. */
  private async isPending(ask: Ask, directoryScopeId: string): Promise<boolean> {
    const { principalId, roleDefinitionId, action, kind } = ask;
    const waiting = action === 'selfActivate' ? waitingActivation : waitingExtension(kind);
    const filter = { principalId, roleDefinitionId, directoryScopeId, ...waiting };
    return (await this.documents.count(requestDocuments.collection, filter)) > 0;
  }
}
