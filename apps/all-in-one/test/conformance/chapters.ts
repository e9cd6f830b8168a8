import type { Chapter } from './row';
import { batch } from './rows/batch';
import { audits } from './rows/audits';
import { calls } from './rows/calls';
import { directory } from './rows/directory';
import { directoryRoles } from './rows/directory-roles';
import { directoryOthers } from './rows/directory-others';
import { managers } from './rows/managers';
import { lookUps } from './rows/look-ups';
import { approvals } from './rows/approvals';
import { enums } from './rows/enums';
import { groupApprovals } from './rows/group-approvals';
import { groups } from './rows/groups';
import { lifecycle } from './rows/lifecycle';
import { policies } from './rows/policies';
import { activations } from './rows/activations';
import { assignmentRequests } from './rows/assignment-requests';
import { eligibilityRequests } from './rows/eligibility-requests';
import { policyChanges } from './rows/policy-changes';
import { roleDefinitions } from './rows/role-definitions';
import { roles } from './rows/roles';
import { queries } from './rows/queries';
import { refusals } from './rows/refusals';
import { rulesAtWork } from './rows/rules-at-work';
import { schedules } from './rows/schedules';
import { standing } from './rows/standing';
import { notServed } from './rows/unserved';
import { wire } from './rows/wire';

/** The table, in the order of the reference. */
export const chapters: readonly Chapter[] = [
  { title: 'the wire', rows: [...wire, ...batch, ...queries] },
  { title: 'role definitions and role assignments', rows: [...roles, ...roleDefinitions] },
  { title: 'standing assignments and scopes', rows: standing },
  { title: 'schedule requests', rows: [...eligibilityRequests, ...activations, ...assignmentRequests] },
  { title: 'schedules and instances', rows: schedules },
  { title: 'approvals', rows: approvals },
  { title: 'role settings', rows: [...policies, ...policyChanges] },
  { title: 'enumerations', rows: enums },
  { title: 'role settings at work', rows: rulesAtWork },
  { title: 'PIM for Groups', rows: [...groups, ...groupApprovals] },
  { title: 'directory audits', rows: audits },
  { title: 'directory look-ups', rows: lookUps },
  { title: 'the directory', rows: [...directory, ...managers, ...directoryOthers, ...directoryRoles] },
  { title: 'the life of an assignment', rows: lifecycle },
  { title: 'refusals', rows: refusals },
  { title: 'calls sent again, and too many', auditLimit: 2, rows: calls },
  { title: 'what is not served', rows: notServed },
];
