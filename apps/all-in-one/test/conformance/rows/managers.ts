import type { Row } from '../row';
import { referTo as ref, type Stated } from './directory-row';

const rows: readonly Stated[] = [
  {
    says: 'gives somebody a manager',
    ask: 'PUT users/{erin}/manager/$ref',
    body: ref('{alice}'),
    answer: { status: 204 },
  },
  {
    says: 'is for those who administer people',
    ask: 'PUT users/{erin}/manager/$ref',
    as: 'erin',
    body: ref('{frank}'),
    answer: { status: 403, code: 'Authorization_RequestDenied' },
  },
  {
    says: 'tells somebody’s manager',
    ask: 'GET users/{erin}/manager',
    answer: {
      status: 200,
      context: '#directoryObjects/$entity',
      body: { '@odata.type': '#microsoft.graph.user', id: '{alice}', displayName: 'Alice Keller' },
    },
  },
  {
    says: 'tells one’s own manager',
    ask: 'GET me/manager?$select=id,department',
    as: 'erin',
    answer: { status: 200, body: { id: '{alice}', department: null } },
  },
  {
    says: 'lists those whom somebody manages',
    ask: 'GET users/{alice}/directReports',
    answer: {
      status: 200,
      context: '#directoryObjects',
      value: [{ '@odata.type': '#microsoft.graph.user', id: '{erin}' }],
    },
  },
  {
    says: 'lists those whom one manages',
    ask: "GET me/directReports?$filter=startswith(displayName,'F')",
    as: 'alice',
    answer: { status: 200, value: 0 },
  },
  {
    says: 'expands the manager',
    ask: "GET users?$filter=id eq '{erin}'&$select=id&$expand=manager($select=id)",
    answer: {
      status: 200,
      context: '#users(id,manager(id))',
      value: [{ id: '{erin}', manager: { '@odata.type': '#microsoft.graph.user', id: '{alice}' } }],
    },
  },
  {
    says: 'expands to null where there is none',
    ask: 'GET users/{frank}?$expand=manager',
    answer: { status: 200, body: { manager: null } },
    differs: 'Microsoft leaves the property out.',
  },
  {
    says: 'leads to nobody who is below already',
    ask: 'PUT users/{alice}/manager/$ref',
    body: ref('{erin}'),
    answer: { status: 400, code: 'Request_BadRequest', says: 'reports to the user already' },
    differs: 'Nobody can be above themself.',
  },
  {
    says: 'leads to a person',
    ask: 'PUT users/{erin}/manager/$ref',
    body: ref('{approvers}'),
    answer: { status: 400, code: 'Request_BadRequest' },
  },
  {
    says: 'leads to somebody who is there',
    ask: 'PUT users/{erin}/manager/$ref',
    body: ref('{nowhere}'),
    answer: { status: 404, code: 'Request_ResourceNotFound' },
  },
  { says: 'takes the manager away', ask: 'DELETE users/{erin}/manager/$ref', answer: { status: 204 } },
  {
    says: 'answers 404 where there is none',
    ask: 'GET users/{erin}/manager',
    answer: { status: 404, code: 'Request_ResourceNotFound', says: "Resource 'manager' does not exist" },
  },
];

/** reference §1.13: who manages whom */
export const managers: readonly Row[] = rows.map((row) => ({ section: '1.13', ...row }));
