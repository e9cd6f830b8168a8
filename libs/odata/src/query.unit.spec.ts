import { parseQuery, skipTokenOf } from './index';
import { rejected } from './spec/rejected';
import { policy, policyAssignment, request } from './spec/schemas';

const everything = { orderBy: [], skip: 0, count: false, expand: [] };
const refusal = (params: Parameters<typeof parseQuery>[0]): string => {
  const { kind, code, message } = rejected(() => parseQuery(params, request));
  expect({ kind, code }).toEqual({ kind: 'invalid', code: 'BadRequest' });
  return message;
};

describe('query options', () => {
  it('that are absent ask for everything', () => expect(parseQuery({}, request)).toEqual(everything));

  it('come with and without $, in any case, names too', () =>
    expect(
      parseQuery({ filter: "STATUS eq 'granted'", $Select: 'ID,Status,id', expand: 'roledefinition' }, request),
    ).toEqual({
      ...everything,
      filter: { kind: 'compare', op: 'eq', path: ['status'], value: 'Granted' },
      select: ['id', 'status'],
      expand: [{ name: 'roleDefinition', query: everything }],
    }));

  it('of the web around us are left alone', () =>
    expect(parseQuery({ 'api-version': '1', page: ['1', '2'] }, request)).toEqual(everything));

  it('that are unknown, empty or doubled are refused', () => {
    expect(refusal({ $search: 'x' })).toContain('$search is not supported');
    expect(refusal({ $filter: '  ' })).toContain('$filter is empty');
    expect(refusal({ $top: ['1', '2'] })).toContain('$top is given more than once');
    expect(refusal({ $top: '1', top: '1' })).toContain('$top is given more than once');
    expect(refusal({ $select: 'id,'.repeat(3000) })).toContain('longer than 8192');
  });
});

describe('paging options', () => {
  it.each([
    ['0', 0],
    ['999', 999],
    ['1000', 999],
    ['99999999999999999999999', 999],
  ])('$top=%s is %d', (text, top) => expect(parseQuery({ $top: text }, request).top).toBe(top));

  it.each(['-1', '1.5', 'ten', '1e3', '0x1'])('$top and $skip refuse %s', (text) => {
    expect(refusal({ $top: text })).toContain('whole number');
    expect(refusal({ $skip: text })).toContain('whole number');
  });

  it('read the token of a page', () =>
    expect(parseQuery({ $skiptoken: skipTokenOf(['key', null]), $skip: '7', $count: 'TRUE' }, request)).toEqual({
      ...everything,
      skip: 7,
      skipToken: ['key', null],
      count: true,
    }));

  it('refuse a count that is neither', () => expect(refusal({ $count: '1' })).toContain('true or false'));
});

describe('$select', () => {
  it('of everything is no selection', () => expect(parseQuery({ $select: '*' }, request)).toEqual(everything));

  it('may name a navigation, which shows only when expanded', () =>
    expect(parseQuery({ $select: 'id,principal' }, request).select).toEqual(['id']));

  it('refuses what does not exist, parts of values and empty items', () => {
    expect(refusal({ $select: 'id,nope' })).toContain("named 'nope'");
    expect(refusal({ $select: 'scheduleInfo/startDateTime' })).toContain('select scheduleInfo instead');
    expect(refusal({ $select: 'id,,status' })).toContain('empty item');
  });
});

describe('$orderby', () => {
  it('reads directions in any case, ascending by default', () =>
    expect(parseQuery({ $orderby: 'createdDateTime Desc, ID' }, request).orderBy).toEqual([
      { path: ['createdDateTime'], descending: true },
      { path: ['id'], descending: false },
    ]));

  it.each(['id up', 'id asc desc', 'tags', 'customData', 'scheduleInfo'])('refuses %s', (text) =>
    expect(rejected(() => parseQuery({ $orderby: text }, request)).code).toBe('InvalidFilter'),
  );
});

describe('$expand', () => {
  it('takes options of its own, nested', () =>
    expect(
      parseQuery({ $expand: "policy($expand=rules($filter=id eq 'a;b)';$top=3);$select=id)" }, policyAssignment).expand,
    ).toEqual([
      {
        name: 'policy',
        query: {
          ...everything,
          select: ['id'],
          expand: [
            {
              name: 'rules',
              query: { ...everything, top: 3, filter: { kind: 'compare', op: 'eq', path: ['id'], value: 'a;b)' } },
            },
          ],
        },
      },
    ]));

  it('reads options without $ and empty parentheses', () =>
    expect(parseQuery({ $expand: 'rules(select=id), effectiveRules()' }, policy).expand).toEqual([
      { name: 'rules', query: { ...everything, select: ['id'] } },
      { name: 'effectiveRules', query: everything },
    ]));

  it('of * names every navigation once', () =>
    expect(parseQuery({ $expand: 'effectiveRules($select=id),*' }, policy).expand.map(({ name }) => name)).toEqual([
      'effectiveRules',
      'rules',
    ]));

  it.each([
    ['nope', "named 'nope'"],
    ['principal,principal', 'more than once'],
    ['principal($select=id;$select=id)', '$select is given more than once'],
    ['principal($search=x)', '$search is not supported'],
    ['principal(id)', 'is no option'],
    ['principal(nope=1)', '$nope is not supported'],
    ['principal($select=id', 'without its partner'],
    ['principal),(id', 'without its partner'],
    ['principal)', 'without its partner'],
    ["principal($filter=id eq 'x)", 'without its partner'],
    ['principal($select=id)x', 'by a comma'],
    ['principal,', 'empty item'],
    [`${'activatedUsing($expand='.repeat(5)}principal${')'.repeat(5)}`, 'deeper than 4'],
  ])('refuses %s', (text, why) => expect(refusal({ $expand: text })).toContain(why));
});
