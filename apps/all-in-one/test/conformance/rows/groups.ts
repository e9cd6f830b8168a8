import type { Row } from '../row';

const root = 'identityGovernance/privilegedAccess/group';

/** reference §1.9 and §1.7.2 */
export const groups: readonly Row[] = [
  {
    section: '1.9',
    says: 'lists requests for membership and ownership',
    ask: `GET ${root}/assignmentScheduleRequests?$filter=groupId eq '{helpdesk}'`,
    answer: { status: 404 },
    missing: 'PIM for Groups is not served yet.',
  },
];
