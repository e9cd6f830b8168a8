import {
  administrativeUnitSchema,
  betaRoleDefinitionSchema,
  directoryObjectSchema,
  directoryRoleSchema,
  directoryRoleTemplateSchema,
  groupAssignmentInstanceSchema,
  groupAssignmentScheduleSchema,
  groupEligibilityInstanceSchema,
  groupEligibilityScheduleSchema,
  groupSchema,
  organizationSchema,
  roleDefinitionSchema,
  servicePrincipalSchema,
  subscribedSkuSchema,
  userSchema,
  type ServedSet,
} from '@pim/platform';
import { namespaceSchema } from './role-definitions/resource-namespaces';
import {
  assignmentInstanceSchema,
  assignmentScheduleSchema,
  eligibilityInstanceSchema,
  eligibilityScheduleSchema,
  roleAssignmentSchema,
} from './schedules/schemas';

const roles = 'roleManagement/directory';
const groups = 'identityGovernance/privilegedAccess/group';
const filterByCurrentUser = ['principal'];

const directory: readonly ServedSet[] = [
  { path: 'me', schema: userSchema, isSingleton: true },
  { path: 'users', schema: userSchema },
  { path: 'groups', schema: groupSchema },
  { path: 'servicePrincipals', schema: servicePrincipalSchema },
  { path: 'administrativeUnits', schema: administrativeUnitSchema },
  { path: 'directory/administrativeUnits', schema: administrativeUnitSchema },
  { path: 'directoryObjects', schema: directoryObjectSchema },
  { path: 'directoryRoles', schema: directoryRoleSchema },
  { path: 'directoryRoleTemplates', schema: directoryRoleTemplateSchema },
  { path: 'organization', schema: organizationSchema },
  { path: 'subscribedSkus', schema: subscribedSkuSchema },
];

/** What of Graph this context serves. */
export const servedSets: readonly ServedSet[] = [
  ...directory,
  { path: `${roles}/roleDefinitions`, schema: roleDefinitionSchema, beta: betaRoleDefinitionSchema },
  { path: `${roles}/resourceNamespaces`, schema: namespaceSchema },
  { path: `${roles}/roleAssignments`, schema: roleAssignmentSchema },
  { path: `${roles}/transitiveRoleAssignments`, schema: roleAssignmentSchema, isBetaOnly: true },
  { path: `${roles}/roleAssignmentSchedules`, schema: assignmentScheduleSchema, filterByCurrentUser },
  { path: `${roles}/roleEligibilitySchedules`, schema: eligibilityScheduleSchema, filterByCurrentUser },
  { path: `${roles}/roleAssignmentScheduleInstances`, schema: assignmentInstanceSchema, filterByCurrentUser },
  { path: `${roles}/roleEligibilityScheduleInstances`, schema: eligibilityInstanceSchema, filterByCurrentUser },
  { path: `${groups}/assignmentSchedules`, schema: groupAssignmentScheduleSchema, filterByCurrentUser },
  { path: `${groups}/eligibilitySchedules`, schema: groupEligibilityScheduleSchema, filterByCurrentUser },
  { path: `${groups}/assignmentScheduleInstances`, schema: groupAssignmentInstanceSchema, filterByCurrentUser },
  { path: `${groups}/eligibilityScheduleInstances`, schema: groupEligibilityInstanceSchema, filterByCurrentUser },
];
