import { parseFilter, type FilterNode, resolvePath } from './index';
import { rejected } from './spec/rejected';
import { policyAssignment, request } from './spec/schemas';

const id = 'a0b1c2d3-0000-4000-8000-00000000000f';
const eq = (path: string, value: string | number | boolean | null): FilterNode => ({
  kind: 'compare',
  op: 'eq',
  path: path.split('/'),
  value,
});
const read = (text: string): FilterNode => parseFilter(text, request);
const reason = (text: string): string => {
  const { kind, code, message } = rejected(() => read(text));
  expect({ kind, code }).toEqual({ kind: 'invalid', code: 'InvalidFilter' });
  return message;
};

describe('names and words', () => {
  it.each(["Status eq 'Granted'", "STATUS EQ 'granted'", "  status\t eq\n'GRANTED'  ", "status eq'Granted'"])(
    'come in any case with any blanks: %j',
    (text) => expect(read(text)).toEqual(eq('status', 'Granted')),
  );

  it('of clients in the field are understood: terms in any order and a blank after the slash', () =>
    expect(
      parseFilter("scopeId eq '/' and roleDefinitionId eq 'r' and scopeType eq 'Directory' ", policyAssignment),
    ).toEqual({
      kind: 'and',
      nodes: [eq('scopeId', '/'), eq('roleDefinitionId', 'r'), eq('scopeType', 'DirectoryRole')],
    }));

  it('reach into complex values and through navigations', () => {
    expect(read("scheduleinfo/Expiration/type eq 'AfterDuration'")).toEqual(
      eq('scheduleInfo/expiration/type', 'afterDuration'),
    );
    expect(read(`principal/id eq '${id}'`)).toEqual(eq('principal/id', id));
  });

  it.each(['nope', 'scheduleInfo/nope', 'principal/nope', 'status/id', '__proto__', 'constructor'])(
    'that do not exist are refused by name and entity: %s',
    (name) => {
      const { code, message } = rejected(() => read(`${name} eq 'x'`));
      expect(code).toBe('BadRequest');
      expect(message).toContain(`'${name}' on type 'microsoft.graph.unifiedRoleAssignmentScheduleRequest'`);
    },
  );

  it('of properties kept from filters are refused', () => {
    expect(reason("customData eq 'x'")).toContain("'customData' cannot be used in a filter");
    expect(reason("scheduleInfo/recurrence/pattern eq 'x'")).toContain('cannot be used in a filter');
    expect(reason("principal/displayName eq 'x'")).toContain("'principal/displayName' cannot be used in a filter");
  });
});

describe('literals', () => {
  it.each([
    ["id eq 'o''brien'", eq('id', "o'brien")],
    ["id eq ''", eq('id', '')],
    [`id eq '${id.toUpperCase()}'`, eq('id', id)],
    [`id eq ${id.toUpperCase()}`, eq('id', id)],
    [`id eq 'DirectoryRole_${id.toUpperCase()}'`, eq('id', `DirectoryRole_${id.toUpperCase()}`)],
    ["action eq 'Activate'", eq('action', 'selfActivate')],
    ["action eq microsoft.graph.action'SELFACTIVATE'", eq('action', 'selfActivate')],
    ["status eq 'Unheard'", eq('status', 'Unheard')],
    ['isValidationOnly eq TRUE', eq('isValidationOnly', true)],
    ['isValidationOnly', eq('isValidationOnly', true)],
    ['version eq -0', eq('version', 0)],
    ['version eq null', eq('version', null)],
    ['scheduleInfo eq null', eq('scheduleInfo', null)],
    ["scheduleInfo/expiration/duration eq duration'pt8h'", eq('scheduleInfo/expiration/duration', 'PT8H')],
    ["scheduleInfo/expiration/duration eq 'P1DT5H30M'", eq('scheduleInfo/expiration/duration', 'P1DT5H30M')],
    ['createdDateTime eq 2024-01-01T00:00:00Z', eq('createdDateTime', '2024-01-01T00:00:00.000Z')],
    ["createdDateTime eq '2024-01-01T01:00:00.9876543+02:00'", eq('createdDateTime', '2023-12-31T23:00:00.987Z')],
    ['createdDateTime eq 2024-02-29', eq('createdDateTime', '2024-02-29T00:00:00.000Z')],
  ])('%s', (text, node) => expect(read(text)).toEqual(node));

  it.each([
    ['createdDateTime ge 2024-02-30T00:00:00Z', 'is not a moment'],
    ['createdDateTime ge 2024-01-01T00:00:00', 'is not a moment'],
    ["createdDateTime ge 'yesterday'", 'is not a moment'],
    ['id eq 5', 'put 5 into single quotes'],
    ["id eq duration'PT8H'", 'leave the prefix out'],
    ['id eq principalId', 'a value is expected'],
    ["isValidationOnly eq 'true'", 'neither true nor false'],
    ['version eq 1.5', 'not a whole number'],
    ['version eq 99999999999999999999', 'not a whole number'],
    ["scheduleInfo/expiration/duration eq '8 hours'", 'not a duration'],
    ["scheduleInfo eq 'x'", 'null only'],
    ["tags eq 'x'", 'null only'],
    ['tags eq null', 'is a collection; use tags/any(x: …)'],
    ["'x' eq 'x'", 'a property on one side'],
  ])('that do not fit are refused with what to write: %s', (text, why) => expect(reason(text)).toContain(why));
});

describe('operators', () => {
  it('can have the property on the right', () => {
    expect(read("'x' eq id")).toEqual(eq('id', 'x'));
    expect(read('5 gt version')).toEqual({ kind: 'compare', op: 'lt', path: ['version'], value: 5 });
  });

  it('bind not before and, and before or', () =>
    expect(read("not id eq 'a' and id eq 'b' or id eq 'c'")).toEqual({
      kind: 'or',
      nodes: [{ kind: 'and', nodes: [{ kind: 'not', node: eq('id', 'a') }, eq('id', 'b')] }, eq('id', 'c')],
    }));

  it('in takes a list', () =>
    expect(read("id IN ( 'a' ,'b')")).toEqual({ kind: 'in', path: ['id'], values: ['a', 'b'] }));

  it('of order are refused where there is none', () => {
    expect(reason("status gt 'Granted'")).toContain('has no order');
    expect(reason('isValidationOnly lt true')).toContain('has no order');
    expect(reason('version ge null')).toContain('eq and ne only');
    expect(reason('null lt version')).toContain('eq and ne only');
  });
});

describe('functions', () => {
  it('search text', () =>
    expect(read("StartsWith(status,'Pending')")).toEqual({
      kind: 'text',
      fn: 'startswith',
      path: ['status'],
      text: 'Pending',
    }));

  it('may be compared with true and false', () => {
    expect(read("contains(id,'x') eq true")).toEqual(read("contains(id,'x')"));
    expect(read("contains(id,'x') eq false")).toEqual(read("not contains(id,'x')"));
    expect(read("contains(id,'x') ne true")).toEqual(read("not contains(id,'x')"));
  });

  it.each([
    ["tolower(id) eq 'x'", 'the function tolower is not supported'],
    ["startswith(version,'1')", 'searches text'],
    ['startswith(id,principalId)', 'text in quotes'],
    ["startswith('x',id)", 'a property is expected'],
    ["startswith(id,'a'", "')' is expected where its end stands"],
  ])('that cannot be answered are refused: %s', (text, why) => expect(reason(text)).toContain(why));
});

describe('any', () => {
  it('asks one element all of its conditions', () =>
    expect(read("targetResources/Any(t: T/id eq 'a' and t/rank gt 1)")).toEqual({
      kind: 'any',
      path: ['targetResources'],
      node: { kind: 'and', nodes: [eq('id', 'a'), { kind: 'compare', op: 'gt', path: ['rank'], value: 1 }] },
    }));

  it('without a condition asks for an element', () =>
    expect(read('tags/any()')).toEqual({ kind: 'any', path: ['tags'] }));

  it('asks plain elements for themselves', () =>
    expect(read("tags/any(x:x eq 'a' or startswith(x,'b'))")).toEqual({
      kind: 'any',
      path: ['tags'],
      node: {
        kind: 'or',
        nodes: [
          { kind: 'compare', op: 'eq', path: [], value: 'a' },
          { kind: 'text', fn: 'startswith', path: [], text: 'b' },
        ],
      },
    }));

  it('of all elements is that none is otherwise', () =>
    expect(read("not targetResources/all(t:t/id eq 'a') or targetResources/all(t:t/rank eq 1) eq false")).toEqual({
      kind: 'or',
      nodes: ['id', 'rank'].map((name) => ({
        kind: 'not',
        node: {
          kind: 'not',
          node: {
            kind: 'any',
            path: ['targetResources'],
            node: { kind: 'not', node: eq(name, name === 'id' ? 'a' : 1) },
          },
        },
      })),
    }));

  it.each([
    ["targetResources/any(t:id eq 'a')", 'begins with t/'],
    ["targetResources/any(t:t eq 'a')", 'for example t/id'],
    ["tags/any(x:x ne 'a' and x ne 'b')", 'joined by or'],
    ["id/any(x:x eq 'a')", 'asks a collection'],
    ["id/all(x:x eq 'a')", 'all asks a collection'],
    ["tags/all(x:x eq 'a')", 'collections of objects'],
    ['targetResources/all()', 'a variable'],
    ["tags/any('a')", 'a variable'],
  ])('is refused where it cannot be answered: %s', (text, why) => expect(reason(text)).toContain(why));
});

describe('what lies behind a navigation', () => {
  it('is asked by the id that is at hand, and otherwise where its documents are', () => {
    expect(resolvePath(['roleDefinition', 'id'], request)).toMatchObject({ field: 'roleDefinitionId' });
    expect(read("roledefinition/displayname eq 'a'")).toEqual({
      kind: 'compare',
      op: 'eq',
      path: ['roleDefinition', 'displayName'],
      value: 'a',
    });
    expect(resolvePath(['roleDefinition', 'displayName'], request)?.lookUp).toMatchObject({
      navigation: 'roleDefinition',
      collection: 'roles',
      path: ['displayName'],
    });
  });

  it('is refused where nobody knows', () => expect(reason("principal/displayName eq 'a'")).toContain('cannot be used'));
});

describe('a filter that cannot be read', () => {
  it('is answered with its text and the reason', () =>
    expect(reason("status eq 'PendingApproval")).toBe(
      "The status eq 'PendingApproval filter is invalid: the text that begins at character 11 has no closing quote.",
    ));

  it.each([
    ["id eq 'a')", "')' at character 10"],
    ["(id eq 'a'", "')' is expected where its end stands"],
    ["id eq 'a' id eq 'b'", 'and, or, or the end is expected'],
    ['id', 'an operator'],
    ['id eq', 'a value is expected where its end stands'],
    ["id eq 'a' and", 'a property is expected'],
    ['not', 'a property is expected'],
    ['id in ()', 'a value is expected'],
    ['id eq \u{1F600}', "'\u{1F600}' at character 7 is not understood"],
  ])('says where: %s', (text, why) => expect(reason(text)).toContain(why));
});

describe('a filter that costs too much', () => {
  const nested = (depth: number): string => `${'('.repeat(depth)}id eq 'a'${')'.repeat(depth)}`;

  it('nests 32 deep and no deeper', () => {
    expect(read(nested(32))).toEqual(eq('id', 'a'));
    expect(reason(nested(33))).toContain('deeper than 32');
    expect(reason(nested(4000))).toContain('deeper than 32');
    expect(reason(`${'not '.repeat(2000)}isValidationOnly`)).toContain('deeper than 32');
  });

  it('has 32 conditions and no more', () => {
    const terms = (count: number): string => Array.from({ length: count }, () => 'version eq 1').join(' or ');
    expect(read(terms(31))).toMatchObject({ kind: 'or' });
    expect(reason(terms(32))).toContain('more than 32');
  });

  it('lists 1,000 values and no more', () => {
    const values = (count: number): string => `version in (${Array.from({ length: count }, () => '1').join(',')})`;
    expect(read(values(1000))).toMatchObject({ kind: 'in' });
    expect(reason(values(1001))).toContain('at most 1000');
  });

  it('is refused by its length alone, without being echoed', () => {
    const message = reason(`id eq '${'a'.repeat(100_000)}'`);
    expect(message).toContain('longer than 8192');
    expect(message.length).toBeLessThan(400);
  });
});
