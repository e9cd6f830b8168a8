import { matches, parseFilter, parseQuery, toFilter, toSort } from './index';
import { request, roleDefinition } from './spec/schemas';

const translated = (text: string): unknown => toFilter(parseFilter(text, request), request);

describe('a filter as a document query', () => {
  it.each([
    ["id eq 'A'", { id: { $eq: 'A' } }],
    ['version ne null', { version: { $ne: null } }],
    ['createdDateTime ge 2024-01-01', { createdDateTime: { $gte: '2024-01-01T00:00:00.000Z' } }],
    ["principal/id eq 'p'", { principalId: { $eq: 'p' } }],
    ["scopeName eq 'a.b'", { 'stored.scope': { $regex: '^a\\.b(?![\\s\\S])', $options: 'i' } }],
    ["scopeName ne 'a'", { 'stored.scope': { $not: { $regex: '^a(?![\\s\\S])', $options: 'i' } } }],
    ["startswith(id,'a')", { id: { $regex: '^a', $options: 'i' } }],
    ["endswith(id,'a')", { id: { $regex: 'a(?![\\s\\S])', $options: 'i' } }],
    ["contains(id,'(a|b)*')", { id: { $regex: '\\(a\\|b\\)\\*', $options: 'i' } }],
    ["id in ('a','b')", { id: { $in: ['a', 'b'] } }],
    ["scopeName in ('a.b','c')", { 'stored.scope': { $regex: '^(?:a\\.b|c)(?![\\s\\S])', $options: 'i' } }],
    [
      "scopeName in ('a',null)",
      {
        $or: [{ 'stored.scope': { $regex: '^(?:a)(?![\\s\\S])', $options: 'i' } }, { 'stored.scope': { $in: [null] } }],
      },
    ],
    ["not (id eq 'a')", { $nor: [{ id: { $eq: 'a' } }] }],
    ["id eq 'a' or version eq 1", { $or: [{ id: { $eq: 'a' } }, { version: { $eq: 1 } }] }],
    ["targetResources/any(t:t/id eq 'a')", { targetResources: { $elemMatch: { id: { $eq: 'a' } } } }],
    ["tags/any(x:x eq 'a')", { tags: { $elemMatch: { $eq: 'a' } } }],
    ['tags/any()', { 'tags.0': { $exists: true } }],
  ])('%s', (text, filter) => expect(translated(text)).toEqual(filter));

  it('never finds more because the text looks like a pattern', () => {
    const node = parseFilter("startswith(displayName,'.*')", roleDefinition);
    expect(matches(node, { displayName: 'Owner' }, roleDefinition)).toBe(false);
    expect(matches(node, { displayName: '.* Owner' }, roleDefinition)).toBe(true);
  });

  it('finds names in any case, and ids only as they are', () => {
    const document = { id: 'Member', displayName: 'Global Reader' };
    const found = (text: string): boolean => matches(parseFilter(text, roleDefinition), document, roleDefinition);
    expect(found("displayName eq 'global reader'")).toBe(true);
    expect(found("displayName ne 'global reader'")).toBe(false);
    expect(found("displayName in ('x','GLOBAL READER')")).toBe(true);
    expect(found("displayName eq 'global reader\n'")).toBe(false);
    expect(found("id eq 'member'")).toBe(false);
  });

  it('that belongs to another schema is a bug, not an empty answer', () =>
    expect(() => toFilter(parseFilter('version eq 1', request), roleDefinition)).toThrow('this is a bug'));
});

describe('an order as a document sort', () => {
  it('names the fields documents keep', () => {
    const { orderBy } = parseQuery({ $orderby: 'createdDateTime DESC,scopeName' }, request);
    expect(toSort(orderBy, request)).toEqual([
      ['createdDateTime', -1],
      ['stored.scope', 1],
    ]);
  });
});
