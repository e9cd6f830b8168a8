import { documentsContract } from '@pim/engine/contract';
import fc from 'fast-check';
import { Query } from 'mingo';
import { embeddedDocuments } from './documents';

documentsContract('embedded', async () => embeddedDocuments());

const value = fc.constantFrom('a', 'b', 'B', '', 0, 1, 2, true, false, null);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const plain = <T>(arbitrary: fc.Arbitrary<T>) => arbitrary.map((made) => JSON.parse(JSON.stringify(made)) as object);

const element = fc.record({ id: maybe(value), tags: maybe(fc.array(value, { maxLength: 2 })) });
const fields = plain(
  fc.record({
    x: maybe(fc.oneof(value, fc.array(value, { maxLength: 3 }))),
    y: maybe(value),
    in: maybe(fc.oneof(value, fc.record({ z: maybe(value) }))),
    list: maybe(fc.array(element, { maxLength: 3 })),
  }),
);

const path = fc.constantFrom('x', 'y', 'in.z', 'in', 'list.id', 'list.tags', 'list.0.id', 'x.1', 'nothing');
const some = value.filter((one) => one !== null);
const several = fc.array(value, { maxLength: 3 });
const operators = fc.oneof(
  value.map(($eq) => ({ $eq })),
  value.map(($ne) => ({ $ne })),
  several.map(($in) => ({ $in })),
  several.map(($nin) => ({ $nin })),
  fc.tuple(several, value).map(([$in, $ne]) => ({ $in, $ne })),
  fc.tuple(value, several).map(([$eq, $in]) => ({ $eq, $in })),
  fc.tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte'), some).map(([name, operand]) => ({ [name]: operand })),
  fc.boolean().map(($exists) => ({ $exists })),
  fc.constant({ $regex: '^b', $options: 'i' }),
  value.map(($eq) => ({ $not: { $eq } })),
  value.map(($eq) => ({ $elemMatch: { $eq } })),
  value.map((id) => ({ $elemMatch: { id } })),
);
const condition = fc.oneof({ weight: 2, arbitrary: value }, { weight: 3, arbitrary: operators });
const filters = fc.letrec<{ filter: Record<string, unknown> }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.dictionary(path, condition, { maxKeys: 3 }),
    fc
      .tuple(fc.constantFrom('$and', '$and', '$or', '$nor'), fc.array(tie('filter'), { minLength: 1, maxLength: 3 }))
      .map(([name, branches]) => ({ [name]: branches })),
  ),
})).filter;

const ids = fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8');
const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ put: ids, document: fc.option(fields, { freq: 5 }) }) },
    { weight: 3, arbitrary: fc.record({ ask: filters }) },
  ),
  { maxLength: 40 },
);

/** The index knows one half of the only alternative. */
const onlyAlternative = [{ put: '1' as const, document: { y: 0, in: 'a' } }, { ask: { $or: [{ y: 0, in: null }] } }];

describe('embedded documents', () => {
  it('find through indexes, over any history, what a scan of everything finds', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const documents = embeddedDocuments();
        const model = new Map<string, object>();
        for (const [n, step] of history.entries()) {
          if ('put' in step) {
            const document = step.document && { ...step.document, key: step.put };
            await documents.put('c', step.put, { document, seen: {}, position: BigInt(n) });
            if (document) model.set(step.put, document);
            else model.delete(step.put);
          } else {
            const query = new Query<object>(step.ask);
            const expected = [...model].filter(([, document]) => query.test(document)).map(([id]) => id);
            const found = await documents.find<{ key: string }>('c', { filter: step.ask });
            expect(found.map(({ key }) => key)).toEqual(expected.sort());
            expect(await documents.count('c', step.ask)).toBe(expected.length);
          }
        }
      }),
      { numRuns: 400, examples: [[onlyAlternative]] },
    );
  });

  it('give the same window of an order as sorting everything does', async () => {
    const row = fc.record({ x: value, y: value });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 200 }), fc.nat(20), fc.nat(20), async (rows, skip, limit) => {
        const documents = embeddedDocuments();
        for (const [n, document] of rows.entries())
          await documents.put('c', `${n}`, { document, seen: {}, position: 1n });
        const query = {
          filter: {},
          sort: [
            ['x', 1],
            ['y', -1],
          ] as const,
        };
        const everything = await documents.find('c', query);
        expect(await documents.find('c', { ...query, skip, limit })).toEqual(everything.slice(skip, skip + limit));
      }),
    );
  });

  it('refuse to hold what JSON cannot say', async () => {
    const documents = embeddedDocuments();
    for (const held of [new Date(0), new Map(), () => 1, 1n, Symbol('s'), Number.NaN])
      await expect(documents.put('c', 'a', { document: { list: [{ held }] }, seen: {}, position: 1n })).rejects.toThrow(
        'A document cannot hold',
      );
    expect(await documents.get('c', 'a')).toBeNull();
  });

  it('leave out members that are undefined', async () => {
    const documents = embeddedDocuments();
    await documents.put('c', 'a', { document: { x: undefined, y: 1 }, seen: {}, position: 1n });
    expect(await documents.find('c', { filter: { x: { $exists: false } } })).toStrictEqual([{ y: 1 }]);
  });
});
