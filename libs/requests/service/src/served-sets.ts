import type { ServedSet } from '@pim/platform';
import { policyAssignmentSchema, policySchema } from './role-settings/schemas';
import {
  assignmentRequestSchema,
  eligibilityRequestSchema,
  groupAssignmentRequestSchema,
  groupEligibilityRequestSchema,
} from './schedule-requests/schemas';

const roles = 'roleManagement/directory';
const groups = 'identityGovernance/privilegedAccess/group';
const asked = { filterByCurrentUser: ['principal', 'createdBy', 'approver'], actions: ['cancel'] };

/** What of Graph this context serves. */
export const servedSets: readonly ServedSet[] = [
  { path: `${roles}/roleAssignmentScheduleRequests`, schema: assignmentRequestSchema, ...asked },
  { path: `${roles}/roleEligibilityScheduleRequests`, schema: eligibilityRequestSchema, ...asked },
  { path: `${groups}/assignmentScheduleRequests`, schema: groupAssignmentRequestSchema, ...asked },
  { path: `${groups}/eligibilityScheduleRequests`, schema: groupEligibilityRequestSchema, ...asked },
  { path: 'policies/roleManagementPolicies', schema: policySchema },
  { path: 'policies/roleManagementPolicyAssignments', schema: policyAssignmentSchema },
];
