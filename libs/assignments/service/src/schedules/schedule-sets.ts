import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Documents, Filter } from '@pim/engine';
import {
  aboutRoleExpanders,
  CLOCK,
  DOCUMENTS,
  ofRoles,
  TENANT,
  type EntitySet,
  type Expander,
  type Tenant,
  withInner,
} from '@pim/platform';
import { assignmentDocuments, type AssignmentDocument } from './assignment-documents.projection';
import { eligibilityDocuments, type EligibilityDocument } from './eligibility-documents.projection';
import { instanceId } from './shapes';
import {
  assignmentInstanceSchema,
  assignmentScheduleSchema,
  eligibilityInstanceSchema,
  eligibilityScheduleSchema,
  roleAssignmentSchema,
} from './schemas';

/** Not over: evaluated at the question, whatever the scheduler has recorded so far (ADR 0008). */
export const notEnded = (now: string): Filter => ({ $or: [{ endDateTime: null }, { endDateTime: { $gt: now } }] });

/** start <= now < end; without a start it was there before PIM knew of it. */
export const inEffect = (now: string): Filter => ({
  $and: [{ $or: [{ startDateTime: null }, { startDateTime: { $lte: now } }] }, notEnded(now)],
});

const eligibilityInstance = (document: EligibilityDocument): object => ({
  ...document,
  id: document.instanceId,
  roleEligibilityScheduleId: document.id,
});

const assignmentInstance = (document: AssignmentDocument): object => ({
  ...document,
  id: document.instanceId,
  roleAssignmentOriginId: document.instanceId,
  roleAssignmentScheduleId: document.id,
});

/** The five read-only sets about who may hold and who holds a role (reference §1.2, §1.5, §1.6). */
@Injectable()
export class ScheduleSets {
  readonly sets: Readonly<Record<string, EntitySet>>;
  readonly roleAssignments: EntitySet<AssignmentDocument>;

  constructor(
    @Inject(DOCUMENTS) private readonly documents: Documents,
    @Inject(CLOCK) clock: Clock,
    @Inject(TENANT) tenant: Tenant,
  ) {
    const expand = aboutRoleExpanders(documents);
    const current = { where: () => ({ $and: [ofRoles, notEnded(clock.now())] }) };
    const now = { where: () => ({ $and: [ofRoles, inEffect(clock.now())] }) };
    const eligibilities = { collection: eligibilityDocuments.collection, expand };
    const assignments = { collection: assignmentDocuments.collection };
    const path = (name: string): string => `roleManagement/directory/${name}`;
    const eligibilityInstances: EntitySet<EligibilityDocument> = {
      ...eligibilities,
      ...now,
      path: path('roleEligibilityScheduleInstances'),
      schema: eligibilityInstanceSchema,
      entity: eligibilityInstance,
    };
    const roleAssignments: EntitySet<AssignmentDocument> = {
      ...assignments,
      ...now,
      expand,
      path: path('roleAssignments'),
      schema: roleAssignmentSchema,
      entity: (document) => ({
        ...document,
        id: document.instanceId,
        condition: null,
        principalOrganizationId: tenant.tenantId,
      }),
    };
    const assignmentInstances: EntitySet<AssignmentDocument> = {
      ...assignments,
      ...now,
      expand: { ...expand, activatedUsing: this.activatedUsing(eligibilityInstances) },
      path: path('roleAssignmentScheduleInstances'),
      schema: assignmentInstanceSchema,
      entity: assignmentInstance,
    };
    const eligibilitySchedules: EntitySet<EligibilityDocument> = {
      ...eligibilities,
      ...current,
      path: path('roleEligibilitySchedules'),
      schema: eligibilityScheduleSchema,
    };
    const assignmentSchedules: EntitySet<AssignmentDocument> = {
      ...assignments,
      ...current,
      expand: { ...expand, activatedUsing: this.activatedUsing(eligibilitySchedules) },
      path: path('roleAssignmentSchedules'),
      schema: assignmentScheduleSchema,
    };
    this.roleAssignments = roleAssignments;
    this.sets = {
      roleAssignments: roleAssignments as EntitySet,
      roleAssignmentSchedules: assignmentSchedules as EntitySet,
      roleEligibilitySchedules: eligibilitySchedules as EntitySet,
      roleAssignmentScheduleInstances: assignmentInstances as EntitySet,
      roleEligibilityScheduleInstances: eligibilityInstances as EntitySet,
    };
  }

  /** Under which id a role assignment is found. */
  idOf(schedule: Parameters<typeof instanceId>[0]): string {
    return `${instanceId(schedule)}-1`;
  }

  /** The eligibility an activation was made from, as a schedule or as an instance. */
  private activatedUsing(target: EntitySet<EligibilityDocument>): Expander {
    const find: Expander = async (page, request) => {
      const ids = (page as readonly AssignmentDocument[]).map(({ eligibilityId }) => eligibilityId);
      const filter = { id: { $in: ids.filter((id) => id !== null) } };
      const found = await this.documents.find<EligibilityDocument>(target.collection, { filter });
      const byId = new Map(found.map((document) => [document.id, target.entity?.(document, request) ?? document]));
      return ids.map((id) => (id === null ? null : (byId.get(id) ?? null)));
    };
    return withInner(find, () => target.expand);
  }
}
