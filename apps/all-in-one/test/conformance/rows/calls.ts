import type { Row } from '../row';
import { activate } from './bodies';

const actives = 'roleManagement/directory/roleAssignmentScheduleRequests';
const audits = 'auditLogs/directoryAudits?$top=1';
const once = { 'client-request-id': '7d0f8a52-6b1e-4c3f-9a55-0f8e3c1d2b44' };
const onlyOurs = 'Microsoft echoes the header, and records a second request.';

/** Calls sent again, and calls that are too many; the server of these allows two looks at the audit log in ten seconds. */
export const calls: readonly Row[] = [
  {
    section: '0.1',
    says: 'a POST carries the client’s own id of it',
    ask: `POST ${actives}`,
    as: 'erin',
    headers: once,
    body: activate('{userAdministrator}'),
    keep: { first: 'id' },
    answer: { status: 201, headers: once, body: { status: 'Provisioned' } },
  },
  {
    section: '0.1',
    says: 'and sent again, it is the same call',
    ask: `POST ${actives}`,
    as: 'erin',
    headers: once,
    body: activate('{userAdministrator}'),
    answer: { status: 201, headers: once, body: { id: '{first}', status: 'Provisioned' } },
    differs: onlyOurs,
  },
  {
    section: '0.1',
    says: 'another request under the same id is a mistake',
    ask: `POST ${actives}`,
    as: 'erin',
    headers: once,
    body: activate('{helpdeskAdministrator}'),
    answer: { status: 409, code: 'Conflict' },
    differs: onlyOurs,
  },
  {
    section: '8.1',
    says: 'too many requests are refused, with the time after which to try again',
    given: [
      { ask: `GET ${audits}`, as: 'sam' },
      { ask: `GET ${audits}`, as: 'sam' },
    ],
    ask: `GET ${audits}`,
    as: 'sam',
    answer: { status: 429, code: 'TooManyRequests', headers: { 'retry-after': /^[1-9]\d*$/ } },
  },
  {
    section: '8.1',
    says: 'others may go on meanwhile',
    ask: `GET ${audits}`,
    answer: { status: 200 },
  },
  {
    section: '8.1',
    says: 'and so may whoever waited',
    ask: `GET ${audits}`,
    as: 'sam',
    later: 1,
    answer: { status: 200 },
  },
];
