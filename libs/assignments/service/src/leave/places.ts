import { Inject, Injectable } from '@nestjs/common';
import type { RoleAtScope } from '@pim/assignments/domain';
import { protectedRoles, roleScheduleId } from '@pim/contracts';
import type { Documents, Filter } from '@pim/engine';
import { DOCUMENTS, ReadModels } from '@pim/platform';
import { guardedRoles, type GuardedRole } from '../minimum-holders/guarded-roles.projection';
import { assignmentDocuments } from '../schedules/assignment-documents.projection';
import { eligibilityDocuments } from '../schedules/eligibility-documents.projection';

/** Where the last-administrator rule holds. */
const protectedPlaces: readonly RoleAtScope[] = protectedRoles.map((roleDefinitionId) => ({
  roleDefinitionId,
  directoryScopeId: '/',
}));

export const streamOf = ({ roleDefinitionId, directoryScopeId }: RoleAtScope): string =>
  roleScheduleId(roleDefinitionId, directoryScopeId);

/**
 * In which guard streams something is to be found. Read models only say where to look, and are waited for: what was
 * granted before the question is in them then. Throws 503 when they do not catch up.
 */
@Injectable()
export class Places {
  constructor(
    @Inject(DOCUMENTS) private readonly documents: Documents,
    private readonly readModels: ReadModels,
  ) {}

  /** Every role that must keep holders: the protected ones, and those whose settings say so. */
  async guarded(): Promise<readonly RoleAtScope[]> {
    await this.readModels.fresh();
    const found = await this.documents.find<GuardedRole>(guardedRoles.collection, { filter: {} });
    return distinct([...protectedPlaces, ...found]);
  }

  /** Where one of these holds something; the protected roles in any case. */
  async of(...principalIds: readonly string[]): Promise<readonly RoleAtScope[]> {
    return distinct([...protectedPlaces, ...(await this.where({ principalId: { $in: principalIds } }))]);
  }

  /** Where something is held at one of these scopes. */
  async at(scopes: readonly string[]): Promise<readonly RoleAtScope[]> {
    return distinct(await this.where({ directoryScopeId: { $in: scopes } }));
  }

  /** Where a role is held, or may be activated. */
  async ofRole(roleDefinitionId: string): Promise<readonly RoleAtScope[]> {
    return distinct(await this.where({ roleDefinitionId }));
  }

  private async where(filter: Filter): Promise<readonly RoleAtScope[]> {
    await this.readModels.fresh();
    const found = await Promise.all(
      [assignmentDocuments, eligibilityDocuments].map(({ collection }) =>
        this.documents.find<RoleAtScope>(collection, { filter }),
      ),
    );
    return found.flat();
  }
}

const distinct = (places: readonly RoleAtScope[]): readonly RoleAtScope[] => [
  ...new Map(places.map((place) => [streamOf(place), place])).values(),
];
