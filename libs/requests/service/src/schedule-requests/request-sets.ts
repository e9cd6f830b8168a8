import { Inject, Injectable } from '@nestjs/common';
import type { ScheduleKind } from '@pim/contracts';
import type { Clock, Documents } from '@pim/engine';
import { aboutRoleExpanders, CLOCK, DOCUMENTS, type EntitySet, type GraphRequest } from '@pim/platform';
import { requestDocuments, type RequestDocument } from './requests.projection';
import { scheduleExpanders } from './schedule-expanders';
import { assignmentRequestSchema, eligibilityRequestSchema } from './schemas';

/** The two sets of schedule requests (reference §1.3, §1.4). */
@Injectable()
export class RequestSets {
  private readonly sets: Readonly<Record<ScheduleKind, EntitySet<RequestDocument>>>;

  constructor(@Inject(DOCUMENTS) documents: Documents, @Inject(CLOCK) clock: Clock) {
    const expand = aboutRoleExpanders(documents);
    const { targetAssignment, targetEligibility, activatedUsing } = scheduleExpanders(documents, clock);
    const { collection } = requestDocuments;
    this.sets = {
      assignment: {
        path: 'roleManagement/directory/roleAssignmentScheduleRequests',
        collection,
        schema: assignmentRequestSchema,
        where: () => ({ kind: 'assignment' }),
        expand: { ...expand, targetSchedule: targetAssignment, activatedUsing },
      },
      eligibility: {
        path: 'roleManagement/directory/roleEligibilityScheduleRequests',
        collection,
        schema: eligibilityRequestSchema,
        where: () => ({ kind: 'eligibility' }),
        expand: { ...expand, targetSchedule: targetEligibility },
      },
    };
  }

  of(request: GraphRequest): EntitySet<RequestDocument> {
    return this.sets[kindOf(request)];
  }

  ofKind(kind: ScheduleKind): EntitySet<RequestDocument> {
    return this.sets[kind];
  }
}

/** Which of the two sets the route names. Throws for a route that names neither: no answer is better than the wrong set's. */
export const kindOf = ({ path }: Pick<GraphRequest, 'path'>): ScheduleKind => {
  switch (path[2]) {
    case 'roleAssignmentScheduleRequests':
      return 'assignment';
    case 'roleEligibilityScheduleRequests':
      return 'eligibility';
    default:
      throw new Error(`the route ${path.join('/')} is no set of schedule requests (this is a bug)`);
  }
};
