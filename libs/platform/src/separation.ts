import { Inject, Injectable } from '@nestjs/common';
import {
  clashesOf,
  holdersOfBoth,
  liveSchedulesOf,
  membersOf,
  membershipsOf,
  rolesApartFrom,
  separationOfDuty,
  type Clash,
  type Gain,
  type SeparationState,
} from '@pim/assignments/domain';
import {
  accessIdOf,
  separationOfDutyId,
  separationOfDutyStream,
  type Instant,
  type ScheduleOrder,
  type SeparationOfDutyEvent,
} from '@pim/contracts';
import type { Documents, Journal, StreamView } from '@pim/engine';
import { principalView } from './directory-roles';
import { roleDefinitions, type RoleDefinitionDocument } from './role-definitions';
import { RolesHeld } from './roles-held';
import { DOCUMENTS, JOURNAL } from './tokens';

/** The pairs of roles that nobody may have together. */
const separationView: StreamView<SeparationState, SeparationOfDutyEvent> = {
  stream: separationOfDutyStream,
  view: separationOfDuty,
};

/** Who is to come into which group. */
export interface Joining {
  readonly groupId: string;
  readonly memberId: string;
}

type Subject = Pick<ScheduleOrder, 'kind' | 'action' | 'principalId' | 'roleDefinitionId' | 'directoryScopeId'>;

/** Ending something must not wait for anything. */
const gives = ({ action }: Subject): boolean => action !== 'adminRemove' && action !== 'selfDeactivate';

/**
 * What stands in the way of giving somebody a role, because roles must be apart: from the log, themself and by groups, at
 * every scope. Nothing is looked up while no pair is declared. Throws 503 when it cannot be found out.
 */
@Injectable()
export class Separation {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(DOCUMENTS) private readonly documents: Documents,
    private readonly held: RolesHeld,
  ) {}

  async pairs(): Promise<SeparationState> {
    return (await this.journal.load(separationView, separationOfDutyId)).state;
  }

  /** Of what an order would give. Who may only activate a membership gets nothing by that yet. */
  async clashesOf(subject: Subject, now: Instant): Promise<readonly Clash[]> {
    if (!gives(subject)) return [];
    const { kind, principalId, roleDefinitionId, directoryScopeId } = subject;
    const accessId = accessIdOf(roleDefinitionId);
    if (accessId === null) return this.clashes(() => this.gainsOfRole(principalId, roleDefinitionId, now), now);
    if (accessId === 'owner' || kind === 'eligibility') return [];
    return this.clashesOfMember({ groupId: directoryScopeId, memberId: principalId }, now);
  }

  /** Of what a group would give to somebody who is in it for good. */
  clashesOfMember(joining: Joining, now: Instant): Promise<readonly Clash[]> {
    return this.clashes(() => this.gainsOfMember(joining, now), now);
  }

  /** Who has two roles at some time from now on. */
  async holdersOfBoth([one, other]: readonly [string, string], now: Instant): Promise<readonly string[]> {
    const [a, b] = await Promise.all([this.held.holdersOf(one), this.held.holdersOf(other)]);
    return holdersOfBoth(a, b, now);
  }

  private async clashes(gained: () => Promise<readonly Gain[]>, now: Instant): Promise<readonly Clash[]> {
    const pairs = await this.pairs();
    if (pairs.pairs.size === 0) return [];
    const apart = (await gained()).flatMap((gain) =>
      rolesApartFrom(pairs, gain.roleDefinitionId).map((roleDefinitionId) => ({ gain, roleDefinitionId })),
    );
    const roles = [...new Set(apart.map(({ roleDefinitionId }) => roleDefinitionId))];
    const holders = new Map(await Promise.all(roles.map(async (id) => [id, await this.held.holdersOf(id)] as const)));
    const found = apart.flatMap(({ gain, roleDefinitionId }) => {
      const others = holders.get(roleDefinitionId);
      return others ? clashesOf(gain, { roleDefinitionId, holders: others }, now) : [];
    });
    return this.inWords(found);
  }

  /** Of a group's role its members have as much as they are in it; the group itself may not have both either. */
  private async gainsOfRole(principalId: string, roleDefinitionId: string, now: Instant): Promise<readonly Gain[]> {
    const own: Gain = { principalId, roleDefinitionId, start: now, end: null };
    const view = await this.held.group(principalId);
    if (view.group.status !== 'known' || view.group.principalType !== 'group') return [own];
    const members = membersOf(view).flatMap((id) =>
      membershipsOf(view, id, now).map(({ start, end }) => ({ principalId: id, roleDefinitionId, start, end })),
    );
    return [own, ...members];
  }

  private async gainsOfMember({ groupId, memberId }: Joining, now: Instant): Promise<readonly Gain[]> {
    const { state: group } = await this.journal.load(principalView, groupId);
    if (group.status !== 'known' || !group.isAssignableToRole) return [];
    const guards = await this.held.guardsOf(groupId);
    return guards.flatMap((guard) =>
      liveSchedulesOf(guard, groupId, now).map(({ role, start, end }) => ({
        principalId: memberId,
        roleDefinitionId: role.roleDefinitionId,
        start,
        end,
      })),
    );
  }

  private async inWords(clashes: readonly Clash[]): Promise<readonly Clash[]> {
    const ids = [...new Set(clashes.flatMap(({ gains, has }) => [gains, has]))];
    // A name that cannot be looked up now is no reason to answer nothing.
    const found = ids.length === 0 ? [] : await this.named(ids).catch(() => []);
    const names = new Map(found.map(({ id, displayName }) => [id, `${displayName} (${id})`]));
    const inWords = (id: string): string => names.get(id) ?? `role ${id}`;
    return clashes.map(({ gains, has, ...clash }) => ({ ...clash, gains: inWords(gains), has: inWords(has) }));
  }

  private named(ids: readonly string[]): Promise<readonly RoleDefinitionDocument[]> {
    const filter = { id: { $in: ids } };
    return this.documents.find<RoleDefinitionDocument>(roleDefinitions.collection, { filter });
  }
}
