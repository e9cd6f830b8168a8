import { contextOf, parseQuery, shape, type EntitySchema } from './index';
import { policy, policyAssignment, principal, request } from './spec/schemas';

const ask = (params: Record<string, string>, schema: EntitySchema = request) => parseQuery(params, schema);
const printed = (value: unknown): string => JSON.stringify(value);

describe('an entity', () => {
  it('prints every declared property in schema order, null when unset, and nothing else', () => {
    const entity = { scopeId: '/', seen: 7, id: 'p1' };
    expect(printed(shape(entity, ask({}, policy), policy))).toBe('{"id":"p1","scopeId":"/","displayName":null}');
  });

  it('prints what was selected, in schema order', () => {
    const query = ask({ $select: 'displayName,id' }, policy);
    expect(printed(shape({ id: 'p1', scopeId: '/' }, query, policy))).toBe('{"id":"p1","displayName":null}');
  });

  it('prints declared members of complex values, and trims date-times', () => {
    const query = ask({ $select: 'scheduleInfo,createdDateTime' });
    const entity = {
      createdDateTime: '2022-04-11T11:50:05.950Z',
      scheduleInfo: { startDateTime: '2022-04-11T11:50:00.000Z', internal: 1, expiration: { duration: 'PT8H' } },
    };
    expect(shape(entity, query, request)).toEqual({
      createdDateTime: '2022-04-11T11:50:05.95Z',
      scheduleInfo: {
        startDateTime: '2022-04-11T11:50:00Z',
        recurrence: null,
        expiration: { type: null, endDateTime: null, duration: 'PT8H' },
      },
    });
  });

  it('prints members of enums in documented casing, in collections the declared members', () => {
    const entity = { action: 'SELFACTIVATE', tags: ['x'], targetResources: [{ id: 'a', secret: 's' }] };
    expect(shape(entity, ask({ $select: 'action,tags,targetResources' }), request)).toEqual({
      action: 'selfActivate',
      tags: ['x'],
      targetResources: [{ id: 'a', displayName: null, rank: null, labels: null }],
    });
  });

  it('prints its type first: its own, or the one of its set', () => {
    const typed: EntitySchema = { ...principal, type: '#microsoft.graph.directoryObject' };
    const group = { id: 'g', displayName: 'Admins', '@odata.type': '#microsoft.graph.group' };
    expect(printed(shape(group, ask({}, typed), typed))).toBe(
      '{"@odata.type":"#microsoft.graph.group","id":"g","displayName":"Admins"}',
    );
    expect(shape({ id: 'x' }, ask({}, typed), typed)['@odata.type']).toBe('#microsoft.graph.directoryObject');
    expect(shape({ id: 'x' }, ask({}, principal), principal)).not.toHaveProperty('@odata.type');
  });

  it('takes no properties from its prototype', () => {
    const entity = Object.create({ scopeId: 'inherited' }) as object;
    expect(shape(entity, ask({}, policy), policy)).toEqual({ id: null, scopeId: null, displayName: null });
  });
});

describe('an expanded navigation', () => {
  const rules = [
    { id: 'a', isExpirationRequired: true, target: { caller: 'Admin' } },
    { id: 'b', target: null },
  ];

  it('shows only when it is asked for', () =>
    expect(shape({ id: 'p', rules }, ask({}, policy), policy)).not.toHaveProperty('rules'));

  it('is shaped, filtered, ordered and cut by its own options', () => {
    const query = ask({ $select: 'id', $expand: "rules($filter=id ne 'z';$orderby=id desc;$top=1)" }, policy);
    expect(shape({ id: 'p', rules }, query, policy)).toMatchObject({ id: 'p', rules: [{ id: 'b', target: null }] });
  });

  it('comes from what was fetched for it, nested ones from inside', () => {
    const query = ask({ $select: 'id', $expand: 'policy($select=id;$expand=rules($select=id))' }, policyAssignment);
    expect(
      shape({ id: 'a', policy: { id: 'old' } }, query, policyAssignment, { expanded: { policy: { id: 'p', rules } } }),
    ).toMatchObject({
      id: 'a',
      policy: { id: 'p', rules: [{ id: 'a' }, { id: 'b' }] },
    });
  });

  it('without an entity is null, or an empty list', () => {
    expect(shape({ id: 'a' }, ask({ $select: 'id', $expand: '*' }, policyAssignment), policyAssignment)).toEqual({
      id: 'a',
      policy: null,
    });
    expect(shape({ id: 'p' }, ask({ $select: 'id', $expand: 'rules' }, policy), policy)).toMatchObject({
      id: 'p',
      rules: [],
    });
  });

  it('has its context before it when it is contained, wherever it is', () => {
    const place = "x/$metadata#assignments('a')";
    const query = ask({ $select: 'id', $expand: 'policy($select=id;$expand=rules($select=id))' }, policyAssignment);
    const printedPolicy = shape({ id: 'a', policy: { id: 'p', rules } }, query, policyAssignment, { place })['policy'];
    expect(Object.entries(printedPolicy as object)).toEqual([
      ['id', 'p'],
      ['rules@odata.context', `${place}/policy/rules(id)`],
      ['rules', [{ id: 'a' }, { id: 'b' }]],
    ]);
  });
});

describe('the context', () => {
  const path = 'roleManagement/directory/roleAssignmentScheduleRequests';

  it.each([
    [{}, false, `#${path}`],
    [{}, true, `#${path}/$entity`],
    [{ $select: 'status,ID' }, false, `#${path}(status,id)`],
    [{ $expand: 'principal' }, false, `#${path}(principal())`],
    [{ $select: 'principalId', $expand: 'roledefinition' }, true, `#${path}(principalId,roleDefinition())/$entity`],
    [{ $expand: 'principal($select=id),roleDefinition' }, false, `#${path}(principal(id),roleDefinition())`],
    [{ $expand: '*' }, false, `#${path}(roleDefinition(),principal(),activatedUsing())`],
  ])('of %j, one entity: %s', (params, entity, context) =>
    expect(contextOf(path, ask(params as Record<string, string>), { entity })).toBe(context),
  );

  it('nests as the expansion does', () =>
    expect(contextOf('s', ask({ $expand: 'policy($expand=rules)' }, policyAssignment), { entity: false })).toBe(
      '#s(policy(rules()))',
    ));
});
