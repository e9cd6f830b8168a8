import type { GraphRequest } from '@pim/platform';
import { requireFilter } from './policy-filter';
import { policyAssignmentSchema, policySchema } from './schemas';

const asking = (query: GraphRequest['query']) => ({ query }) as GraphRequest;
const scope = ['scopeId', 'scopeType'];

describe('the filter a list of role settings needs', () => {
  it.each<[string, GraphRequest['query']]>([
    ['on the scope', { $filter: "scopeId eq '/' and scopeType eq 'DirectoryRole'" }],
    [
      'in any order, with more',
      { $filter: "scopeType eq 'Directory' and roleDefinitionId eq 'x' and scopeId eq '/' " },
    ],
    ['whatever case the option is in', { $Filter: "SCOPEID eq '/' and scopetype eq 'DirectoryRole'" }],
    ['without a dollar', { filter: "(scopeId eq '/') and (scopeType in ('DirectoryRole'))" }],
    ['on the policy', { $filter: "policyId eq 'p'" }],
  ])('may be %s', (_how, query) =>
    expect(() => requireFilter(asking(query), { schema: policyAssignmentSchema }, [scope, ['policyId']])).not.toThrow(),
  );

  it.each<[string, GraphRequest['query']]>([
    ['missing', {}],
    ['on half of the scope', { $filter: "scopeId eq '/'" }],
    ['about the words only', { $filter: "roleDefinitionId eq 'scopeId scopeType policyId'" }],
    ['unreadable', { $filter: 'scopeId scopeType' }],
    ['on a part of the policy id', { $filter: "startswith(policyId,'D')" }],
  ])('must not be %s', (_how, query) =>
    expect(() => requireFilter(asking(query), { schema: policyAssignmentSchema }, [scope, ['policyId']])).toThrow(),
  );

  it('says what it must be', () =>
    expect(() => requireFilter(asking({}), { schema: policySchema }, [scope])).toThrow(
      "A $filter on scopeId and scopeType is required, for example: scopeId eq '/' and scopeType eq 'DirectoryRole'.",
    ));
});
