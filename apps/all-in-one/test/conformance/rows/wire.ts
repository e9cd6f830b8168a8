import type { Row } from '../row';

const set = 'roleManagement/directory';
const instances = `${set}/roleEligibilityScheduleInstances`;
const definitions = `${set}/roleDefinitions`;
const instance = 'unifiedRoleEligibilityScheduleInstance';

/** reference §0: what holds for every request. */
export const wire: readonly Row[] = [
  {
    section: '0.1',
    says: 'serves v1.0',
    ask: `GET /v1.0/${definitions}?$top=1`,
    answer: { status: 200, context: `#${definitions}`, each: 'unifiedRoleDefinition' },
  },
  {
    section: '0.1',
    says: 'serves beta under the same host',
    ask: `GET /beta/${instances}?$top=1`,
    answer: { status: 200, context: `#${instances}`, each: instance },
  },
  {
    section: '0.1',
    says: 'echoes client-request-id',
    ask: `GET ${definitions}?$top=1`,
    headers: { 'client-request-id': '5c2ad4ec-6cf0-4d7f-8b1f-7b9b5a5d1f11', 'return-client-request-id': 'true' },
    answer: { status: 200, headers: { 'client-request-id': '5c2ad4ec-6cf0-4d7f-8b1f-7b9b5a5d1f11' } },
  },
  {
    section: '0.1',
    says: 'takes the headers that clients send',
    ask: `GET ${definitions}?$top=1`,
    headers: {
      accept: 'application/json;odata.metadata=full;IEEE754Compatible=false',
      'OData-Version': '4.0',
      'OData-MaxVersion': '4.0',
      ConsistencyLevel: 'eventual',
      Prefer: 'include-unknown-enum-members',
    },
    answer: { status: 200, each: 'unifiedRoleDefinition' },
  },
  {
    section: '0.1',
    says: 'answers 401 without a token',
    ask: `GET ${definitions}`,
    as: 'nobody',
    answer: { status: 401, code: 'InvalidAuthenticationToken', headers: { 'www-authenticate': /^Bearer/ } },
  },
  {
    section: '0.1',
    says: 'answers 401 to a token that has ended',
    ask: `GET ${definitions}`,
    signIn: { expiresIn: -10 },
    answer: { status: 401, code: 'InvalidAuthenticationToken' },
  },
  {
    section: '0.1',
    says: 'answers 403 without the scope',
    ask: `GET ${definitions}`,
    signIn: { scopes: ['User.Read'] },
    answer: { status: 403 },
  },
  {
    section: '0.1',
    says: 'answers 403 without the directory role',
    ask: `GET ${instances}`,
    as: 'erin',
    answer: { status: 403, code: 'Authorization_RequestDenied' },
  },
  {
    section: '0.1',
    says: 'serves an application by its permission',
    ask: `GET ${instances}?$top=1`,
    as: 'automation',
    answer: { status: 200, each: instance },
  },
  {
    section: '0.2',
    says: 'puts a single entity into its envelope',
    ask: `GET ${definitions}/{userAdministrator}`,
    answer: {
      status: 200,
      context: `#${definitions}/$entity`,
      is: 'unifiedRoleDefinition',
      body: { id: '{userAdministrator}' },
    },
  },
  {
    section: '0.2',
    says: 'names what was selected in the context',
    ask: `GET ${instances}?$select=principalId,roleDefinitionId&$top=2`,
    answer: {
      status: 200,
      context: `#${instances}(principalId,roleDefinitionId)`,
      only: ['principalId', 'roleDefinitionId'],
    },
  },
  {
    section: '0.2',
    says: 'names what was selected of one entity in the context',
    ask: `GET ${definitions}/{userAdministrator}?$select=displayName`,
    answer: { status: 200, context: `#${definitions}(displayName)/$entity`, only: ['displayName'] },
  },
  {
    section: '0.2',
    says: 'names what was expanded in the context',
    ask: `GET ${instances}?$expand=principal&$top=1`,
    answer: { status: 200, context: `#${instances}(principal())`, each: instance, expands: ['principal'] },
  },
  {
    section: '0.2',
    says: 'names both in the context',
    ask: `GET ${instances}?$select=principalId,memberType&$expand=roleDefinition,principal&$top=1`,
    answer: {
      status: 200,
      context: `#${instances}(principalId,memberType,roleDefinition(),principal())`,
      only: ['principalId', 'memberType', 'roleDefinition', 'principal'],
    },
  },
  {
    section: '0.2',
    says: 'says of what type an expanded principal is',
    ask: `GET ${instances}?$expand=principal&$filter=principalId eq '{helpdesk}'`,
    answer: { status: 200, value: [{ principal: { '@odata.type': '#microsoft.graph.group', id: '{helpdesk}' } }] },
  },
  {
    section: '0.2',
    says: 'pages by absolute links that carry the query',
    ask: `GET ${definitions}?$top=2&$select=id`,
    keep: { next: '@odata.nextLink' },
    answer: { status: 200, value: 2, context: `#${definitions}(id)` },
  },
  {
    section: '0.2',
    says: 'counts when it is asked to',
    ask: `GET ${instances}?$count=true&$top=1&$filter=principalId eq '{erin}'`,
    answer: { status: 200, value: 1, body: { '@odata.count': 4 } },
  },
  {
    section: '0.2',
    says: 'names the type of what a function answers, in the context and on each item',
    ask: `GET ${instances}/filterByCurrentUser(on='principal')?$top=1`,
    as: 'erin',
    answer: {
      status: 200,
      context: `#Collection(${instance})`,
      each: instance,
      value: [{ '@odata.type': `#microsoft.graph.${instance}` }],
    },
  },
  {
    section: '0.3',
    says: 'finds properties in any case',
    ask: `GET ${instances}?$filter=PrincipalId eq '{erin}' and membertype eq 'DIRECT'&$select=PRINCIPALID`,
    answer: { status: 200, value: 4, only: ['principalId'] },
  },
  {
    section: '0.4',
    says: 'filters with or, not, in, ne, parentheses and a null literal',
    ask: `GET ${instances}?$filter=(principalId in ('{erin}','{frank}') or principalId eq '{helpdesk}') and not (memberType ne 'Direct') and appScopeId eq null`,
    answer: { status: 200, value: 9, each: instance },
  },
  {
    section: '0.4',
    says: 'filters by time without quotes',
    ask: `GET ${instances}?$filter=startDateTime ge 2024-01-01T00:00:00Z and startDateTime lt 2099-01-01T00:00:00Z&$top=1`,
    answer: { status: 200, value: 1, each: instance },
  },
  {
    section: '0.4',
    says: 'filters by startswith and contains',
    ask: `GET ${definitions}?$filter=startswith(displayName,'Global') and contains(displayName,'l Admin')&$select=displayName`,
    answer: { status: 200, value: [{ displayName: 'Global Administrator' }] },
  },
  {
    section: '0.4',
    says: 'filters through a navigation',
    ask: `GET ${instances}?$filter=principal/id eq '{erin}'`,
    answer: { status: 200, value: 4 },
  },
  {
    section: '0.4',
    says: 'expands with options of its own',
    ask: `GET ${instances}?$expand=roleDefinition($select=displayName),principal&$filter=principalId eq '{erin}' and roleDefinitionId eq '{userAdministrator}'`,
    answer: { status: 200, value: [{ roleDefinition: { displayName: 'User Administrator' } }] },
  },
  {
    section: '0.4',
    says: 'orders',
    ask: `GET ${definitions}?$orderby=displayName desc&$top=1&$select=displayName`,
    answer: { status: 200, value: 1, only: ['displayName'] },
  },
  {
    section: '0.4',
    says: 'skips',
    ask: `GET ${definitions}?$filter=displayName in ('Global Administrator','User Administrator')&$orderby=displayName&$skip=1&$select=displayName`,
    answer: { status: 200, value: [{ displayName: 'User Administrator' }] },
  },
  {
    section: '0.4',
    says: 'takes keys in parentheses',
    ask: `GET ${definitions}('{userAdministrator}')`,
    answer: { status: 200, is: 'unifiedRoleDefinition', body: { displayName: 'User Administrator' } },
  },
  {
    section: '0.4',
    says: 'takes function arguments without quotes, and a slash at the end',
    ask: `GET ${instances}/filterByCurrentUser(on=principal)/`,
    as: 'erin',
    answer: { status: 200, value: 4 },
  },
  {
    section: '0.4',
    says: 'takes function arguments percent-encoded',
    ask: `GET ${instances}/filterByCurrentUser%28on%3D%27principal%27%29`,
    as: 'erin',
    answer: { status: 200, value: 4 },
  },
  {
    section: '0.4',
    says: 'takes functions by their full name',
    ask: `GET ${instances}/microsoft.graph.filterByCurrentUser(on='principal')`,
    as: 'erin',
    answer: { status: 200, value: 4 },
  },
  {
    section: '0.4',
    says: 'refuses a filter that cannot be understood',
    ask: `GET ${instances}?$filter=principalId like 'x'`,
    answer: { status: 400, code: 'InvalidFilter' },
  },
];
