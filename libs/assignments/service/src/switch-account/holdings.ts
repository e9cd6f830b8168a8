import { Inject, Injectable } from '@nestjs/common';
import { isEnabled, liveSchedulesOf, type EndHoldings, type RoleAtScope } from '@pim/assignments/domain';
import { isProtectedRole, protectedRoles, roleScheduleId } from '@pim/contracts';
import { under, type Clock, type CommandContext, type Documents, type Journal } from '@pim/engine';
import { CLOCK, DOCUMENTS, JOURNAL, principalView, ReadModels, roleScheduleView } from '@pim/platform';
import { assignmentDocuments } from '../schedules/assignment-documents.projection';
import { eligibilityDocuments } from '../schedules/eligibility-documents.projection';
import { roleScheduleAggregate } from '../streams';

/** Where the last-administrator rule holds. */
export const protectedPlaces: readonly RoleAtScope[] = protectedRoles.map((roleDefinitionId) => ({
  roleDefinitionId,
  directoryScopeId: '/',
}));

export const streamOf = ({ roleDefinitionId, directoryScopeId }: RoleAtScope): string =>
  roleScheduleId(roleDefinitionId, directoryScopeId);

/** Ends what an account that is off still holds. */
@Injectable()
export class Holdings {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(DOCUMENTS) private readonly documents: Documents,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly readModels: ReadModels,
  ) {}

  /**
   * Ends all of it; silent for an account that is not off, and where nothing is left. A grant that is being carried out
   * meanwhile is taken back by whoever carries it out. Throws 503 when read models do not catch up.
   */
  async end(principalId: string, context: CommandContext): Promise<void> {
    if (!(await this.isOff(principalId))) return;
    for (const place of await this.placesOf(principalId)) await this.endAt(place, principalId, context);
  }

  /**
   * Read models only say where to look. They are waited for: what was granted before the account was off is in them
   * then. The protected roles are looked at in any case.
   */
  private async placesOf(principalId: string): Promise<readonly RoleAtScope[]> {
    await this.readModels.fresh();
    const found = await Promise.all(
      [assignmentDocuments, eligibilityDocuments].map(({ collection }) =>
        this.documents.find<RoleAtScope>(collection, { filter: { principalId } }),
      ),
    );
    return [...new Map([...protectedPlaces, ...found.flat()].map((place) => [streamOf(place), place])).values()];
  }

  private async endAt(place: RoleAtScope, principalId: string, context: CommandContext): Promise<void> {
    const id = streamOf(place);
    const now = this.clock.now();
    const { state, revision } = await this.journal.load(roleScheduleView, id);
    const scheduleIds = liveSchedulesOf(state, principalId, now).map(({ scheduleId }) => scheduleId);
    // Asked after they were read: what is held by an account that is still off was held when it went off.
    if (scheduleIds.length === 0 || !(await this.isOff(principalId))) return;
    const isProtected = isProtectedRole(place.roleDefinitionId, place.directoryScopeId);
    const data: EndHoldings['data'] = { principalId, scheduleIds, isProtected, by: context.actor, now };
    // The revision, because another try may find more to end than the one before.
    const own = under(context, `${id}:${revision}`);
    await this.journal.execute(roleScheduleAggregate, id, { type: 'EndHoldings', data }, own);
  }

  private async isOff(principalId: string): Promise<boolean> {
    const { state } = await this.journal.load(principalView, principalId);
    return !isEnabled(state);
  }
}
