import { Rejection } from '@pim/kernel';
import { toFilter, type EntitySchema, type FilterNode } from '@pim/odata';
import { withLookUps } from './look-ups';

const role: EntitySchema = {
  name: 'role',
  properties: { id: { type: 'string' }, displayName: { type: 'string' }, actions: { type: 'collection' } },
};
const schedule: EntitySchema = {
  name: 'schedule',
  properties: { id: { type: 'string' } },
  navigations: { role: { to: () => role, fields: { id: 'roleId' }, collection: 'roles' } },
};

/** A read model in which so many roles meet any condition. */
const found = (count: number) => ({
  find: async <D extends object>() =>
    Array.from({ length: count }, (_, index) => ({ id: `r${index}` })) as object[] as D[],
});

const compare = (op: 'eq' | 'ne', value: string | null): FilterNode => ({
  kind: 'compare',
  op,
  path: ['role', 'displayName'],
  value,
});
const filterOf = async (node: FilterNode) => toFilter(await withLookUps(found(2), node, schedule), schedule);

const among = { roleId: { $in: ['r0', 'r1'] } };

describe('a condition on what lies behind a navigation', () => {
  it.each([compare('eq', 'x'), compare('ne', null), { kind: 'any', path: ['role', 'actions'] } as const])(
    'is one on its id: %j',
    async (node) => expect(await filterOf(node)).toEqual(among),
  );

  it.each([compare('ne', 'x'), compare('eq', null)])('holds where nothing is there, too: %j', async (node) =>
    expect(await filterOf(node)).toEqual({ $nor: [among] }),
  );

  it('is found wherever it stands, and nothing else is touched', async () => {
    const own: FilterNode = { kind: 'compare', op: 'eq', path: ['id'], value: 'a' };
    const node: FilterNode = { kind: 'or', nodes: [own, { kind: 'not', node: compare('eq', 'x') }] };
    expect(await filterOf(node)).toEqual({ $or: [{ id: { $eq: 'a' } }, { $nor: [among] }] });
  });

  it('is refused when too many meet it', async () => {
    await expect(withLookUps(found(10_001), compare('eq', 'x'), schedule)).rejects.toThrow(/narrow it/);
    await expect(withLookUps(found(10_001), compare('eq', 'x'), schedule)).rejects.toBeInstanceOf(Rejection);
  });
});
