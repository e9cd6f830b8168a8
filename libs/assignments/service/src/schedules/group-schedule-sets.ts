import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Documents } from '@pim/engine';
import {
  aboutGroupExpanders,
  CLOCK,
  DOCUMENTS,
  groupAssignmentInstanceSchema,
  groupAssignmentScheduleSchema,
  groupEligibilityInstanceSchema,
  groupEligibilityScheduleSchema,
  groupSchedule,
  ofGroups,
  type EntitySet,
  type Expander,
  withInner,
} from '@pim/platform';
import { assignmentDocuments, type AssignmentDocument } from './assignment-documents.projection';
import { eligibilityDocuments } from './eligibility-documents.projection';
import { inEffect, notEnded } from './schedule-sets';
import type { ScheduleDocument } from './shapes';

const instance = (document: ScheduleDocument): object => ({
  ...document,
  id: document.groupInstanceId,
  assignmentScheduleId: document.groupScheduleId,
  eligibilityScheduleId: document.groupScheduleId,
});

/** The four read-only sets about who may be and who is in a group (reference §1.9). */
@Injectable()
export class GroupScheduleSets {
  readonly sets: Readonly<Record<string, EntitySet<ScheduleDocument>>>;

  constructor(
    @Inject(DOCUMENTS) private readonly documents: Documents,
    @Inject(CLOCK) clock: Clock,
  ) {
    const group = aboutGroupExpanders(documents);
    const current = () => ({ $and: [ofGroups, notEnded(clock.now())] });
    const now = () => ({ $and: [ofGroups, inEffect(clock.now())] });
    const path = (name: string): string => `identityGovernance/privilegedAccess/group/${name}`;
    const { collection: assignments } = assignmentDocuments;
    const { collection: eligibilities } = eligibilityDocuments;
    this.sets = {
      assignmentSchedules: {
        path: path('assignmentSchedules'),
        collection: assignments,
        schema: groupAssignmentScheduleSchema,
        where: current,
        entity: groupSchedule,
        expand: { ...group, activatedUsing: this.activatedUsing(groupSchedule) },
      },
      eligibilitySchedules: {
        path: path('eligibilitySchedules'),
        collection: eligibilities,
        schema: groupEligibilityScheduleSchema,
        where: current,
        entity: groupSchedule,
        expand: group,
      },
      assignmentScheduleInstances: {
        path: path('assignmentScheduleInstances'),
        collection: assignments,
        schema: groupAssignmentInstanceSchema,
        where: now,
        entity: instance,
        expand: { ...group, activatedUsing: this.activatedUsing(instance) },
      },
      eligibilityScheduleInstances: {
        path: path('eligibilityScheduleInstances'),
        collection: eligibilities,
        schema: groupEligibilityInstanceSchema,
        where: now,
        entity: instance,
        expand: group,
      },
    };
  }

  /** The eligibility an activation was made from, as a schedule or as an instance. */
  private activatedUsing(entity: (document: ScheduleDocument) => object): Expander {
    const find: Expander = async (page) => {
      const ids = (page as readonly AssignmentDocument[]).map(({ eligibilityId }) => eligibilityId);
      const filter = { id: { $in: ids.filter((id) => id !== null) } };
      const found = await this.documents.find<ScheduleDocument>(eligibilityDocuments.collection, { filter });
      const byId = new Map(found.map((document) => [document.id, entity(document)]));
      return ids.map((id) => (id === null ? null : (byId.get(id) ?? null)));
    };
    return withInner(find, () => aboutGroupExpanders(this.documents));
  }
}
