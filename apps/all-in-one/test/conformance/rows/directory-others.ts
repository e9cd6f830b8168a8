import type { Row } from '../row';
import { referTo as ref, type Stated } from './directory-row';

const applications: readonly Stated[] = [
  {
    says: 'creates a service principal',
    ask: 'POST servicePrincipals',
    body: { appId: '99999999-0000-4000-8000-000000000001', displayName: 'Robot' },
    keep: { robot: 'id' },
    answer: { status: 201, context: '#servicePrincipals/$entity', body: { servicePrincipalType: 'Application' } },
  },
  {
    says: 'gets a service principal by its client id',
    ask: "GET servicePrincipals(appId='99999999-0000-4000-8000-000000000001')",
    answer: { status: 200, body: { id: '{robot}' } },
  },
  {
    says: 'changes a service principal',
    ask: 'PATCH servicePrincipals/{robot}',
    body: { displayName: 'R' },
    answer: { status: 204 },
  },
  { says: 'lists what it is in', ask: 'GET servicePrincipals/{robot}/memberOf', answer: { status: 200, value: 0 } },
  {
    says: 'lists its groups',
    ask: 'GET servicePrincipals/{robot}/memberOf/microsoft.graph.group',
    answer: { status: 200, value: 0 },
  },
  {
    says: 'lists all it is in',
    ask: 'GET servicePrincipals/{robot}/transitiveMemberOf',
    answer: { status: 200, value: 0 },
  },
  {
    says: 'lists all its groups',
    ask: 'GET servicePrincipals/{robot}/transitiveMemberOf/microsoft.graph.group',
    answer: { status: 200, value: 0 },
  },
  { says: 'deletes a service principal', ask: 'DELETE servicePrincipals/{robot}', answer: { status: 204 } },
];

const units = (set: string): readonly Stated[] => [
  {
    says: 'creates an administrative unit',
    ask: `POST ${set}`,
    body: { displayName: 'Vienna' },
    keep: { unit: 'id' },
    answer: { status: 201, context: '#administrativeUnits/$entity', body: { displayName: 'Vienna' } },
  },
  {
    says: 'lists units',
    ask: `GET ${set}?$filter=displayName eq 'vienna'`,
    answer: { status: 200, value: [{ id: '{unit}' }] },
  },
  { says: 'changes a unit', ask: `PATCH ${set}/{unit}`, body: { description: 'South' }, answer: { status: 204 } },
  { says: 'gets a unit', ask: `GET ${set}/{unit}`, answer: { status: 200, body: { description: 'South' } } },
  { says: 'adds a member', ask: `POST ${set}/{unit}/members/$ref`, body: ref('{erin}'), answer: { status: 204 } },
  { says: 'lists members', ask: `GET ${set}/{unit}/members`, answer: { status: 200, value: [{ id: '{erin}' }] } },
  {
    says: 'lists the people in it',
    ask: `GET ${set}/{unit}/members/microsoft.graph.user`,
    answer: { status: 200, value: 1 },
  },
  { says: 'removes a member', ask: `DELETE ${set}/{unit}/members/{erin}/$ref`, answer: { status: 204 } },
  { says: 'deletes a unit', ask: `DELETE ${set}/{unit}`, answer: { status: 204 } },
];

const others: readonly Stated[] = [
  {
    says: 'gets any object by id',
    ask: 'GET directoryObjects/{helpdesk}',
    answer: { status: 200, body: { '@odata.type': '#microsoft.graph.group', displayName: 'Helpdesk' } },
  },
  {
    says: 'gets several objects by id, of one type',
    ask: 'POST directoryObjects/getByIds',
    body: { ids: ['{erin}', '{helpdesk}', '{nowhere}'], types: ['group'] },
    answer: { status: 200, value: [{ '@odata.type': '#microsoft.graph.group', id: '{helpdesk}' }] },
  },
  {
    says: 'tells the tenant',
    ask: 'GET organization?$select=id',
    answer: { status: 200, context: '#organization(id)', value: [{ id: '{tenant}' }] },
  },
  { says: 'gets the tenant', ask: 'GET organization/{tenant}', answer: { status: 200, body: { id: '{tenant}' } } },
  {
    says: 'lists licences',
    ask: 'GET subscribedSkus',
    keep: { sku: 'value.0.id' },
    answer: { status: 200, value: [{ skuPartNumber: 'AAD_PREMIUM_P2', capabilityStatus: 'Enabled' }] },
    differs: 'There is one, which costs nothing and is for everybody, because scripts look for it.',
  },
  { says: 'gets a licence', ask: 'GET subscribedSkus/{sku}', answer: { status: 200 } },
];

/** reference §1.13: applications, administrative units, the tenant */
export const directoryOthers: readonly Row[] = [
  ...applications,
  ...units('administrativeUnits'),
  ...units('directory/administrativeUnits'),
  ...others,
].map((row) => ({ section: '1.13', ...row }));
