import { Inject, Injectable } from '@nestjs/common';
import type { ScheduleKind } from '@pim/contracts';
import type { Clock, Documents } from '@pim/engine';
import {
  aboutGroupExpanders,
  aboutRoleExpanders,
  CLOCK,
  DOCUMENTS,
  groupSchedule,
  type EntitySet,
  type Expander,
  type GraphRequest,
  withInner,
} from '@pim/platform';
import { requestDocuments, type RequestDocument } from './requests.projection';
import { scheduleExpanders } from './schedule-expanders';
import {
  assignmentRequestSchema,
  eligibilityRequestSchema,
  groupAssignmentRequestSchema,
  groupEligibilityRequestSchema,
} from './schemas';

/** Which of the four sets of schedule requests: whoever may write one may not write the others. */
export interface RequestSetName {
  readonly kind: ScheduleKind;
  readonly isOfGroup: boolean;
}

type Set = EntitySet<RequestDocument>;

/** The sets of schedule requests, for directory roles and for groups (reference §1.3, §1.4, §1.9). */
@Injectable()
export class RequestSets {
  private readonly ofRoles: Readonly<Record<ScheduleKind, Set>>;
  private readonly ofGroups: Readonly<Record<ScheduleKind, Set>>;

  constructor(@Inject(DOCUMENTS) documents: Documents, @Inject(CLOCK) clock: Clock) {
    const { collection } = requestDocuments;
    const role = aboutRoleExpanders(documents);
    const group = aboutGroupExpanders(documents);
    const found = scheduleExpanders(documents, clock);
    const ofRole = (find: Expander): Expander => withInner(find, () => role);
    const ofGroup = (find: Expander): Expander => withInner(asGroupSchedules(find), () => group);
    const set = (path: string, schema: Set['schema'], name: RequestSetName, expand: Set['expand']): Set => ({
      path,
      collection,
      schema,
      where: () => ({ ...name }),
      ...(name.isOfGroup ? { entity: groupRequest } : {}),
      expand,
    });
    this.ofRoles = {
      assignment: set(
        'roleManagement/directory/roleAssignmentScheduleRequests',
        assignmentRequestSchema,
        roles.assignment,
        {
          ...role,
          targetSchedule: ofRole(found.targetAssignment),
          activatedUsing: ofRole(found.activatedUsing),
        },
      ),
      eligibility: set(
        'roleManagement/directory/roleEligibilityScheduleRequests',
        eligibilityRequestSchema,
        roles.eligibility,
        {
          ...role,
          targetSchedule: ofRole(found.targetEligibility),
        },
      ),
    };
    const path = 'identityGovernance/privilegedAccess/group';
    this.ofGroups = {
      assignment: set(`${path}/assignmentScheduleRequests`, groupAssignmentRequestSchema, groups.assignment, {
        ...group,
        targetSchedule: ofGroup(found.targetAssignment),
        activatedUsing: ofGroup(found.activatedUsing),
      }),
      eligibility: set(`${path}/eligibilityScheduleRequests`, groupEligibilityRequestSchema, groups.eligibility, {
        ...group,
        targetSchedule: ofGroup(found.targetEligibility),
      }),
    };
  }

  of(request: GraphRequest): Set {
    return this.named(setNameOf(request));
  }

  named({ kind, isOfGroup }: RequestSetName): Set {
    return (isOfGroup ? this.ofGroups : this.ofRoles)[kind];
  }
}

const roles = {
  assignment: { kind: 'assignment', isOfGroup: false },
  eligibility: { kind: 'eligibility', isOfGroup: false },
} as const;
const groups = {
  assignment: { kind: 'assignment', isOfGroup: true },
  eligibility: { kind: 'eligibility', isOfGroup: true },
} as const;

const groupRequest = (document: RequestDocument): object => ({
  ...document,
  targetScheduleId: document.groupTargetScheduleId,
});

const asGroupSchedules =
  (expander: Expander): Expander =>
  async (page, request) =>
    (await expander(page, request)).map((one) => one && groupSchedule(one));

const names: Readonly<Record<string, RequestSetName>> = {
  roleAssignmentScheduleRequests: roles.assignment,
  roleEligibilityScheduleRequests: roles.eligibility,
  assignmentScheduleRequests: groups.assignment,
  eligibilityScheduleRequests: groups.eligibility,
};

/** Which of the sets the route names. Throws for a route that names none: no answer is better than the wrong set's. */
export const setNameOf = ({ path }: Pick<GraphRequest, 'path'>): RequestSetName => {
  const name = path.flatMap((segment) => names[segment] ?? []).at(0);
  if (!name) throw new Error(`the route ${path.join('/')} is no set of schedule requests (this is a bug)`);
  return name;
};
