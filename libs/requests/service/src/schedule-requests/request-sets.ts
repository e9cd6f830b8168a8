import { Inject, Injectable } from '@nestjs/common';
import type { ScheduleKind } from '@pim/contracts';
import type { Documents } from '@pim/engine';
import { aboutRoleExpanders, DOCUMENTS, type EntitySet, type GraphRequest } from '@pim/platform';
import { requestDocuments, type RequestDocument } from './requests.projection';
import { assignmentRequestSchema, eligibilityRequestSchema } from './schemas';

/** The two sets of schedule requests (reference §1.3, §1.4). */
@Injectable()
export class RequestSets {
  private readonly sets: Readonly<Record<ScheduleKind, EntitySet<RequestDocument>>>;

  constructor(@Inject(DOCUMENTS) documents: Documents) {
    const expand = aboutRoleExpanders(documents);
    const { collection } = requestDocuments;
    this.sets = {
      assignment: {
        path: 'roleManagement/directory/roleAssignmentScheduleRequests',
        collection,
        schema: assignmentRequestSchema,
        where: () => ({ kind: 'assignment' }),
        expand,
      },
      eligibility: {
        path: 'roleManagement/directory/roleEligibilityScheduleRequests',
        collection,
        schema: eligibilityRequestSchema,
        where: () => ({ kind: 'eligibility' }),
        expand,
      },
    };
  }

  of(request: GraphRequest): EntitySet<RequestDocument> {
    return this.sets[kindOf(request)];
  }
}

/** Which of the two sets the path names. */
export const kindOf = ({ path }: GraphRequest): ScheduleKind =>
  path[2] === 'roleEligibilityScheduleRequests' ? 'eligibility' : 'assignment';
