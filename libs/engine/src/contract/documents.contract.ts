import type { Documents, Filter, Order, Query } from '../ports/documents';

/** Parts of the suite that are not run, by their titles, with the reason. */
interface ContractExceptions {
  readonly except?: Readonly<Record<string, string>>;
}

/**
 * What every `Documents` must do, sentence by sentence of the port. What is stored may be shared with others: each test
 * works in collections of its own. `make` is called once per test. `except` names parts that a double of the real thing
 * cannot pass, each with its reason.
 */
export const documentsContract = (
  name: string,
  make: () => Promise<Documents>,
  { except = {} }: ContractExceptions = {},
): void => {
  const part = (title: string, tests: (context: Context) => void): void => {
    const reason = except[title];
    if (reason === undefined) describe(title, () => tests(context));
    else describe.skip(`${title}: ${reason}`, () => tests(context));
  };
  const context = createContext();
  describe(`${name}: documents contract`, () => {
    beforeEach(async () => context.begin(await make()));

    part('get and put', storing);
    part('copies', copying);
    part('order of writes', ordering);
    part('tombstones', removing);
    part('comparisons', comparing);
    part('null and absent', missing);
    part('text', matchingText);
    part('connectives', connecting);
    part('lists', searchingLists);
    part('lists in lists', nesting);
    part('filters outside the subset', refusing);
    part('sort, skip and limit', (context) => paging(context, []));
    part('the same with indexes', (context) => paging(context, orders));
    part('count', counting);
    part('documents that change', changing);
    part('drop', dropping);
  });
};

type Fields = Readonly<Record<string, unknown>>;

interface Context {
  readonly documents: Documents;
  readonly collection: string;
  /** Stores each document under its name, without an `id` of its own. */
  hold(documents: Readonly<Record<string, Fields>>): Promise<void>;
  /** The names of the documents a filter finds, as the store orders them. */
  names(filter: Filter, rest?: Omit<Query, 'filter'>): Promise<readonly string[]>;
}

let counter = 0;
/** Of the newest document held: what is held again is newer. */
let position = 0n;
const run = `${Date.now().toString(36)}${process.pid}`;
const freshCollection = (): string => `contract.documents${run}n${++counter}`;

const createContext = (): Context & { begin(documents: Documents): void } => {
  let [documents, collection]: [Documents | null, string] = [null, ''];
  const current = (): Documents => {
    if (!documents) throw new Error('No test is running.');
    return documents;
  };
  return {
    begin: (made) => ([documents, collection] = [made, freshCollection()]),
    get documents() {
      return current();
    },
    get collection() {
      return collection;
    },
    hold: async (held) => {
      for (const [name, fields] of Object.entries(held))
        await current().put(collection, name, { document: { ...fields, name }, seen: {}, position: ++position });
    },
    names: async (filter, rest = {}) =>
      (await current().find<{ name: string }>(collection, { filter, ...rest })).map(({ name }) => name),
  };
};

const storing = (context: Context): void => {
  it('gives back what was put, and what it has seen', async () => {
    const { documents, collection } = context;
    const stored = { document: awkward, seen: { 'request-1': 4, 'policy-ä.b$c': 0 }, position: 2n ** 62n + 1n };
    await documents.put(collection, 'a', stored);
    expect(await documents.get(collection, 'a')).toEqual(stored);
  });

  it('replaces the document and what it has seen, members and all', async () => {
    const { documents, collection } = context;
    await documents.put(collection, 'a', {
      document: { x: 1, gone: true },
      seen: { 'request-1': 1, 'request-2': 7 },
      position: 7n,
    });
    await documents.put(collection, 'a', { document: { x: 2 }, seen: { 'request-1': 2 }, position: 8n });
    expect(await documents.get(collection, 'a')).toEqual({
      document: { x: 2 },
      seen: { 'request-1': 2 },
      position: 8n,
    });
    expect(await documents.find(collection, { filter: {} })).toEqual([{ x: 2 }]);
  });

  it('has nothing under an id, or in a collection, that was never used', async () => {
    const { documents, collection } = context;
    await documents.put(collection, 'a', { document: { x: 1 }, seen: {}, position: 1n });
    expect(await documents.get(collection, 'b')).toBeNull();
    expect(await documents.get(freshCollection(), 'a')).toBeNull();
    expect(await documents.find(freshCollection(), { filter: {} })).toEqual([]);
    expect(await documents.count(freshCollection(), {})).toBe(0);
  });

  it('keeps collections apart', async () => {
    const { documents, collection } = context;
    const other = freshCollection();
    await documents.put(collection, 'a', { document: { x: 1 }, seen: {}, position: 1n });
    await documents.put(other, 'a', { document: { x: 2 }, seen: {}, position: 1n });
    expect(await documents.find(collection, { filter: {} })).toEqual([{ x: 1 }]);
    expect(await documents.find(other, { filter: {} })).toEqual([{ x: 2 }]);
  });

  it('keeps ids apart that differ in case, length or characters beyond ASCII', async () => {
    const { documents, collection } = context;
    const ids = ['a', 'A', 'aa', 'ä', 'a\u0308', '42', 'a|/b c', '__proto__', '👩🏽'];
    for (const id of ids) await documents.put(collection, id, { document: { id }, seen: {}, position: 1n });
    for (const id of ids) expect((await documents.get(collection, id))?.document).toEqual({ id });
  });

  it('answers with the document alone: no key, no bookkeeping', async () => {
    const { documents, collection } = context;
    await documents.put(collection, 'a', { document: { x: 1 }, seen: { 'request-1': 1 }, position: 1n });
    expect(await documents.find(collection, { filter: {} })).toEqual([{ x: 1 }]);
  });

  it('need not find the id in the document', async () => {
    const { documents, collection } = context;
    await documents.put(collection, 'key', { document: { id: 'other' }, seen: {}, position: 1n });
    expect(await documents.find(collection, { filter: { id: 'other' } })).toEqual([{ id: 'other' }]);
    expect(await documents.find(collection, { filter: { id: 'key' } })).toEqual([]);
  });
};

const ordering = (context: Context): void => {
  const at = (position: bigint) => ({ document: { x: Number(position) }, seen: { 'request-1': 1 }, position });

  it('never goes back: what is older, or as old, changes nothing', async () => {
    const { documents, collection } = context;
    await documents.put(collection, 'a', at(5n));
    await documents.put(collection, 'a', at(4n));
    await documents.put(collection, 'a', { document: null, seen: {}, position: 5n });
    expect(await documents.get(collection, 'a')).toEqual(at(5n));
    expect(await documents.find(collection, { filter: {} })).toEqual([{ x: 5 }]);
  });

  it('brings back nothing that a newer event removed', async () => {
    const { documents, collection } = context;
    await documents.put(collection, 'a', { document: null, seen: { 'request-1': 2 }, position: 6n });
    await documents.put(collection, 'a', at(5n));
    expect(await documents.count(collection, {})).toBe(0);
  });

  it('ends with the newest, however puts overtake and repeat each other', async () => {
    const { documents, collection } = context;
    const positions = Array.from({ length: 60 }, (_, n) => BigInt(((n * 7919) % 60) + 1));
    const puts = positions.flatMap((position) => ['a', 'b', 'c'].map((id) => ({ id, stored: at(position) })));
    await Promise.all([...puts, ...puts].map(({ id, stored }) => documents.put(collection, id, stored)));
    for (const id of ['a', 'b', 'c']) expect(await documents.get(collection, id)).toEqual(at(60n));
  });

  it('tells positions apart beyond what a number holds', async () => {
    const { documents, collection } = context;
    await documents.put(collection, 'a', { ...at(1n), position: 2n ** 62n });
    await documents.put(collection, 'a', { ...at(2n), position: 2n ** 62n + 1n });
    expect((await documents.get(collection, 'a'))?.position).toBe(2n ** 62n + 1n);
  });
};

const copying = (context: Context): void => {
  const nested = () => ({ list: [{ x: 1 }], inner: { y: 'old' } });

  it('is not touched by changing what was put', async () => {
    const { documents, collection } = context;
    const [document, seen] = [nested(), { 'request-1': 1 }];
    await documents.put(collection, 'a', { document, seen, position: 1n });
    document.inner.y = 'new';
    document.list.push({ x: 2 });
    seen['request-1'] = 9;
    expect(await documents.get(collection, 'a')).toEqual({
      document: nested(),
      seen: { 'request-1': 1 },
      position: 1n,
    });
    expect(await documents.find(collection, { filter: { 'inner.y': 'old' } })).toHaveLength(1);
  });

  it('is not touched by changing what was got or found', async () => {
    const { documents, collection } = context;
    await documents.put(collection, 'a', { document: nested(), seen: { 'request-1': 1 }, position: 1n });
    const got = await documents.get<ReturnType<typeof nested>>(collection, 'a');
    const [found] = await documents.find<ReturnType<typeof nested>>(collection, { filter: {} });
    for (const document of [got?.document, found]) {
      if (!document) throw new Error('Nothing was found.');
      document.inner.y = 'new';
      document.list.push({ x: 2 });
    }
    Object.assign(got?.seen ?? {}, { 'request-1': 9 });
    expect(await documents.get(collection, 'a')).toEqual({
      document: nested(),
      seen: { 'request-1': 1 },
      position: 1n,
    });
    expect(await documents.find(collection, { filter: { 'inner.y': 'old' } })).toEqual([nested()]);
  });
};

const removing = (context: Context): void => {
  it('remembers what a removed document had seen', async () => {
    const { documents, collection } = context;
    await documents.put(collection, 'a', { document: { x: 1 }, seen: { 'request-1': 1 }, position: 1n });
    await documents.put(collection, 'a', { document: null, seen: { 'request-1': 2 }, position: 2n });
    expect(await documents.get(collection, 'a')).toEqual({ document: null, seen: { 'request-1': 2 }, position: 2n });
  });

  it('never finds or counts a removed document', async () => {
    const { documents, collection } = context;
    await context.hold({ a: { x: 1 }, b: { x: 1 } });
    expect(await context.names({ x: 1 })).toEqual(['a', 'b']);
    await documents.put(collection, 'a', { document: null, seen: { 'request-1': 2 }, position: ++position });
    for (const filter of [{}, { x: 1 }, { x: { $ne: 2 } }]) expect(await context.names(filter)).toEqual(['b']);
    for (const filter of [{ nothing: null }, { nothing: { $exists: false } }])
      expect(await documents.count(collection, filter)).toBe(1);
  });

  it('finds a document again that came back', async () => {
    const { documents, collection } = context;
    await documents.put(collection, 'a', { document: null, seen: { 'request-1': 2 }, position: 2n });
    await documents.put(collection, 'a', { document: { name: 'a', x: 3 }, seen: { 'request-1': 3 }, position: 3n });
    expect(await context.names({ x: 3 })).toEqual(['a']);
  });
};

const comparing = (context: Context): void => {
  beforeEach(() =>
    context.hold({
      a: { n: 1, t: 'alpha', flag: true, in: { at: '2026-03-01T09:00:00.000Z', deep: { x: 'p' } } },
      b: { n: 2, t: 'Beta', flag: false, in: { at: '2026-03-01T10:00:00.000Z', deep: { x: 'q' } } },
      c: { n: -2.5, t: 'beta', flag: true, in: { at: '2027-01-01T00:00:00.000Z', deep: { x: 'p' } } },
      d: { n: 10, t: '', flag: false, in: { at: '2026-03-01T09:00:00.001Z', deep: { x: 'r' } } },
      e: { n: '2', t: '10', flag: 'true', in: {} },
    }),
  );

  it.each<[string, Filter, readonly string[]]>([
    ['equals a value as it is', { n: 2 }, ['b']],
    ['$eq', { t: { $eq: 'beta' } }, ['c']],
    ['tells types apart: text is not a number', { n: '2' }, ['e']],
    ['tells types apart: text is not a flag', { flag: true }, ['a', 'c']],
    ['$ne', { n: { $ne: 2 } }, ['a', 'c', 'd', 'e']],
    ['$in', { n: { $in: [10, 1, 77, 1] } }, ['a', 'd']],
    ['$in nothing', { n: { $in: [] } }, []],
    ['$nin', { n: { $nin: [10, 1] } }, ['b', 'c', 'e']],
    ['$gt on numbers only', { n: { $gt: 1 } }, ['b', 'd']],
    ['$gte', { n: { $gte: 1 } }, ['a', 'b', 'd']],
    ['$lt', { n: { $lt: 1 } }, ['c']],
    ['$lte', { n: { $lte: 1 } }, ['a', 'c']],
    ['$gt on text: capitals before small letters', { t: { $gt: 'Beta' } }, ['a', 'c']],
    ['$lt on text: nothing before digits before letters', { t: { $lt: 'A' } }, ['d', 'e']],
    ['instants as text', { 'in.at': { $gt: '2026-03-01T09:00:00.000Z', $lt: '2027-01-01T00:00:00.000Z' } }, ['b', 'd']],
    ['paths with dots', { 'in.deep.x': 'p' }, ['a', 'c']],
    ['a path to where nothing is', { 'in.deep.x.y': 'p' }, []],
    ['several fields, all of them', { flag: true, 'in.deep.x': 'p', n: { $lt: 0 } }, ['c']],
    ['several operators, all of them', { n: { $in: [1, 2, 10], $ne: 2, $lt: 10 } }, ['a']],
    ['$not', { n: { $not: { $gte: 1 } } }, ['c', 'e']],
    ['$not of several operators', { n: { $not: { $gte: 1, $lt: 10 } } }, ['c', 'd', 'e']],
    ['$exists', { 'in.at': { $exists: true } }, ['a', 'b', 'c', 'd']],
    ['everything', {}, ['a', 'b', 'c', 'd', 'e']],
  ])('%s', async (_, filter, names) => {
    expect(await context.names(filter)).toEqual(names);
  });
};

const missing = (context: Context): void => {
  beforeEach(() =>
    context.hold({ a: { x: null, in: { y: null } }, b: {}, c: { x: 'text', in: { y: 1 } }, d: { x: '', in: null } }),
  );

  it.each<[string, Filter, readonly string[]]>([
    ['null finds null and absent', { x: null }, ['a', 'b']],
    ['$eq null finds null and absent', { x: { $eq: null } }, ['a', 'b']],
    ['$ne null finds what has a value', { x: { $ne: null } }, ['c', 'd']],
    ['$in with null finds null and absent, too', { x: { $in: ['text', null] } }, ['a', 'b', 'c']],
    ['$nin with null finds what has another value', { x: { $nin: ['text', null] } }, ['d']],
    ['$ne finds null and absent', { x: { $ne: 'text' } }, ['a', 'b', 'd']],
    ['$nin finds null and absent', { x: { $nin: ['text'] } }, ['a', 'b', 'd']],
    ['$lt finds neither', { x: { $lt: 'z' } }, ['c', 'd']],
    ['$not of $lt finds both', { x: { $not: { $lt: 'z' } } }, ['a', 'b']],
    ['$exists tells null from absent', { x: { $exists: true } }, ['a', 'c', 'd']],
    ['$exists false', { x: { $exists: false } }, ['b']],
    ['a path through null or nothing is absent', { 'in.y': null }, ['a', 'b', 'd']],
    ['$regex finds neither', { x: { $regex: '' } }, ['c', 'd']],
  ])('%s', async (_, filter, names) => {
    expect(await context.names(filter)).toEqual(names);
  });
};

const matchingText = (context: Context): void => {
  beforeEach(() =>
    context.hold({
      a: { t: 'Security Reader' },
      b: { t: 'Global Reader' },
      c: { t: 'reader (all)' },
      d: { t: 'one\ntwo' },
      e: { t: 7 },
      f: { t: ['x', 'Reader'] },
    }),
  );

  it.each<[string, Filter, readonly string[]]>([
    ['$regex anywhere in the text', { t: { $regex: 'Reader' } }, ['a', 'b', 'f']],
    ['$options i disregards case', { t: { $regex: 'READER', $options: 'i' } }, ['a', 'b', 'c', 'f']],
    ['$regex at the beginning', { t: { $regex: '^read', $options: 'i' } }, ['c', 'f']],
    ['$regex at the very end', { t: { $regex: 'reader(?![\\s\\S])', $options: 'i' } }, ['a', 'b', 'f']],
    ['escaped characters stand for themselves', { t: { $regex: '\\(all\\)' } }, ['c']],
    ['$options s lets a dot match a line break', { t: { $regex: 'one.two', $options: 's' } }, ['d']],
    ['a dot does not otherwise', { t: { $regex: 'one.two' } }, []],
    ['$options m makes ^ begin a line', { t: { $regex: '^two', $options: 'm' } }, ['d']],
    ['$not of $regex', { t: { $not: { $regex: 'reader', $options: 'i' } } }, ['d', 'e']],
    ['$regex beside other operators', { t: { $regex: 'Reader', $ne: 'Global Reader' } }, ['a', 'f']],
    ['$elemMatch with $regex', { t: { $elemMatch: { $regex: '^READ', $options: 'i' } } }, ['f']],
  ])('%s', async (_, filter, names) => {
    expect(await context.names(filter)).toEqual(names);
  });
};

const connecting = (context: Context): void => {
  beforeEach(() => context.hold({ a: { x: 1, y: 1 }, b: { x: 1, y: 2 }, c: { x: 2, y: 1 }, d: { x: 2, y: 2 }, e: {} }));

  it.each<[string, Filter, readonly string[]]>([
    ['$and', { $and: [{ x: 1 }, { y: 2 }] }, ['b']],
    ['$and of one, and of an empty filter', { $and: [{ $and: [{ x: 1 }] }, {}] }, ['a', 'b']],
    ['$and beside a field', { y: 1, $and: [{ x: { $in: [1, 3] } }] }, ['a']],
    ['$and that contradicts itself', { $and: [{ x: 1 }, { x: 2 }] }, []],
    ['$or', { $or: [{ x: 1 }, { y: 1 }] }, ['a', 'b', 'c']],
    ['$or beside a field', { y: 2, $or: [{ x: 1 }, { x: 2 }] }, ['b', 'd']],
    [
      '$or inside $and inside $or',
      { $or: [{ $and: [{ $or: [{ x: 1 }, { x: 2 }] }, { y: 2 }] }, { x: null }] },
      ['b', 'd', 'e'],
    ],
    ['$nor', { $nor: [{ x: 1 }, { y: 1 }] }, ['d', 'e']],
    ['$nor of one', { $nor: [{ x: 1, y: 1 }] }, ['b', 'c', 'd', 'e']],
  ])('%s', async (_, filter, names) => {
    expect(await context.names(filter)).toEqual(names);
  });
};

const searchingLists = (context: Context): void => {
  beforeEach(() =>
    context.hold({
      a: {
        tags: ['red', 'blue'],
        steps: [
          { id: '1', state: 'done' },
          { id: '2', state: 'open', by: ['ada'] },
        ],
      },
      b: {
        tags: ['blue'],
        steps: [
          { id: '1', state: 'open' },
          { id: '2', state: 'done', by: ['bob', 'ada'] },
        ],
      },
      c: { tags: [], steps: [] },
      d: { tags: 'red', steps: [{ id: '3', state: null, by: [] }] },
      e: {},
      f: { tags: [5, 15], steps: [{ state: 'open' }] },
    }),
  );

  it.each<[string, Filter, readonly string[]]>([
    ['a value equals a list that has it', { tags: 'red' }, ['a', 'd']],
    ['$in finds lists that have one of the values', { tags: { $in: ['red', 'blue'] } }, ['a', 'b', 'd']],
    ['$ne finds lists that do not have the value', { tags: { $ne: 'red' } }, ['b', 'c', 'e', 'f']],
    ['$nin finds lists that have none of the values', { tags: { $nin: ['red', 5] } }, ['b', 'c', 'e']],
    ['an empty list is not null', { tags: null }, ['e']],
    ['operators may be met by different elements', { tags: { $gt: 10, $lt: 10 } }, ['f']],
    ['$elemMatch wants one element that meets them all', { tags: { $elemMatch: { $gt: 10, $lt: 10 } } }, []],
    ['$elemMatch on plain elements', { tags: { $elemMatch: { $eq: 'red' } } }, ['a']],
    ['$elemMatch looks at lists only', { tags: { $elemMatch: { $in: ['red'] } } }, ['a']],
    ['a path goes through lists', { 'steps.state': 'done' }, ['a', 'b']],
    ['a path goes through lists in lists', { 'steps.by': 'ada' }, ['a', 'b']],
    ['conditions by path may be met by different elements', { 'steps.id': '1', 'steps.state': 'open' }, ['a', 'b']],
    ['$elemMatch on objects', { steps: { $elemMatch: { id: '1', state: 'open' } } }, ['b']],
    ['$elemMatch with connectives', { steps: { $elemMatch: { $or: [{ id: '3' }, { by: 'bob' }] } } }, ['b', 'd']],
    ['$elemMatch with null', { steps: { $elemMatch: { id: null } } }, ['f']],
    ['$elemMatch in $elemMatch', { steps: { $elemMatch: { by: { $elemMatch: { $regex: '^b' } } } } }, ['b']],
    ['$not of $elemMatch', { steps: { $not: { $elemMatch: { state: 'open' } } } }, ['c', 'd', 'e']],
    ['an element by its place', { 'tags.0': 'blue' }, ['b']],
    ['a member of an element by its place', { 'steps.0.state': 'open' }, ['b', 'f']],
    ['$exists of the first element: not empty', { 'steps.0': { $exists: true } }, ['a', 'b', 'd', 'f']],
  ])('%s', async (_, filter, names) => {
    expect(await context.names(filter)).toEqual(names);
  });
};

const nesting = (context: Context): void => {
  it('are not opened when they are elements themselves', async () => {
    await context.hold({ a: { tags: [['red']] }, b: { tags: ['red'] } });
    for (const filter of [{ tags: 'red' }, { tags: { $in: ['red'] } }, { $and: [{ tags: { $eq: 'red' } }] }])
      expect(await context.names(filter)).toEqual(['b']);
    expect(await context.names({ tags: { $ne: 'red' } })).toEqual(['a']);
  });
};

const refusing = (context: Context): void => {
  beforeEach(() => context.hold({ a: { x: 1, tags: ['red'] } }));

  it.each<[string, unknown]>([
    ['$where', { $where: 'true' }],
    ['$where with a function', { $where: () => true }],
    ['$expr', { $expr: { $eq: [1, 1] } }],
    ['$function in $expr', { $and: [{ $expr: { $function: { body: 'return true', args: [], lang: 'js' } } }] }],
    ['$jsonSchema', { $jsonSchema: {} }],
    ['$text', { $text: { $search: 'x' } }],
    ['$comment', { $comment: 'x' }],
    ['an operator nobody knows', { x: { $near: 1 } }],
    ['$type', { x: { $type: 'number' } }],
    ['$mod', { x: { $mod: [1, 0] } }],
    ['$size', { tags: { $size: 1 } }],
    ['$all', { tags: { $all: ['red'] } }],
    ['a name all objects have', { x: { constructor: 1 } }],
    ['$where inside $or', { $or: [{ x: 1 }, { $where: 'true' }] }],
    ['$where inside $elemMatch', { tags: { $elemMatch: { $where: 'true' } } }],
    ['$where beside operators of $elemMatch', { tags: { $elemMatch: { $eq: 'red', $where: 'true' } } }],
    ['an operator nobody knows inside $not', { x: { $not: { $size: 1 } } }],
    ['an operator nobody knows inside $or', { $or: [{ x: 1 }, { x: { $size: 1 } }] }],
    ['an operator nobody knows inside $nor inside $and', { $and: [{ $nor: [{ x: { $mod: [1, 0] } }] }] }],
    ['$where with a function inside $and', { $and: [{ $where: () => true }] }],
    ['$and of no list', { $and: { x: 1 } }],
    ['$or of nothing', { $or: [] }],
    ['$nor of no filters', { $nor: [1] }],
    ['$not of a value', { x: { $not: 1 } }],
    ['$not of nothing', { x: { $not: {} } }],
    ['$in of no list', { x: { $in: 1 } }],
    ['$in of objects', { x: { $in: [{ y: 1 }] } }],
    ['$in of patterns', { x: { $in: [/x/] } }],
    ['$exists of text', { x: { $exists: 'no' } }],
    ['an order with null', { x: { $gte: null } }],
    ['a pattern object', { x: /1/ }],
    ['$regex of a pattern object', { x: { $regex: /1/ } }],
    ['a pattern of excessive length', { x: { $regex: 'a'.repeat(40_000) } }],
    ['a broken pattern', { x: { $regex: '(' } }],
    ['$options with flags beyond i, m and s', { x: { $regex: 'a', $options: 'g' } }],
    ['$options alone', { x: { $options: 'i' } }],
    ['a whole object', { x: { y: 1 } }],
    ['a whole list', { tags: ['red'] }],
    ['a date', { x: new Date(0) }],
    ['a function', { x: () => true }],
    ['undefined', { x: undefined }],
    ['not a number', { x: Number.NaN }],
    ['an empty condition', { x: {} }],
    ['an empty $elemMatch', { tags: { $elemMatch: {} } }],
    ['operators and fields in one object', { x: { $eq: 1, y: 1 } }],
    ['a path without a name', { 'x..y': 1 }],
    ['a path with an operator in it', { 'x.$where': 1 }],
    ['a path to what all objects share', JSON.parse('{ "__proto__.x": 1 }')],
    ['a list instead of a filter', [{ x: 1 }]],
    ['text instead of a filter', 'x'],
    ['nothing instead of a filter', null],
  ])('are refused: %s', async (_, filter) => {
    const { documents, collection } = context;
    await expect(documents.find(collection, { filter: filter as Filter })).rejects.toThrow(Error);
    await expect(documents.count(collection, filter as Filter)).rejects.toThrow(Error);
  });
};

const orders: readonly Order[] = [
  [['n', 1]],
  [['n', -1]],
  [
    ['in.t', -1],
    ['n', -1],
  ],
  [['mixed', 1]],
  [['nothing', -1]],
];

/** With and without indexes the same is found, in the same order. */
const paging = (context: Context, indexes: readonly Order[]): void => {
  const rows = {
    a: { n: 2, in: { t: 'x' }, mixed: 'text' },
    b: { n: 1, in: { t: 'y' }, mixed: 10 },
    c: { in: { t: 'x' }, mixed: null },
    d: { n: null, in: {}, mixed: true },
    e: { n: 10, in: { t: 'Z' }, mixed: 9 },
    f: { n: 2, mixed: false },
  };
  beforeEach(async () => {
    await context.documents.index(context.collection, indexes);
    await context.hold(rows);
  });

  it('takes an index on what is there already, and once more', async () => {
    const find = () =>
      context.names(
        { n: { $ne: 1 } },
        {
          sort: [
            ['in.t', -1],
            ['n', -1],
          ],
          limit: 3,
        },
      );
    const before = await find();
    for (const _ of [1, 2]) await context.documents.index(context.collection, orders);
    expect(await find()).toEqual(before);
    await context.hold({ b: { n: 3, in: { t: 'z' } } });
    expect(await find()).toEqual(['b', ...before.slice(0, 2)]);
  });

  it('is in order of the documents’ ids when no order is asked for', async () => {
    await context.hold({ B: {}, '10': {}, '9': {} });
    expect(await context.names({})).toEqual(['10', '9', 'B', 'a', 'b', 'c', 'd', 'e', 'f']);
  });

  it.each<[string, Order, readonly string[]]>([
    ['ascending, null and absent first, ties by id', [['n', 1]], ['c', 'd', 'b', 'a', 'f', 'e']],
    ['descending, null and absent last, ties by id ascending', [['n', -1]], ['e', 'a', 'f', 'b', 'c', 'd']],
    ['by a path with dots, text by code unit', [['in.t', 1]], ['d', 'f', 'e', 'a', 'c', 'b']],
    [
      'by several paths',
      [
        ['in.t', -1],
        ['n', -1],
      ],
      ['b', 'a', 'c', 'e', 'f', 'd'],
    ],
    ['numbers, then text, then flags', [['mixed', 1]], ['c', 'e', 'b', 'a', 'f', 'd']],
    ['by a field nobody has: by id', [['nothing', -1]], ['a', 'b', 'c', 'd', 'e', 'f']],
  ])('sorts %s', async (_, sort, names) => {
    expect(await context.names({}, { sort })).toEqual(names);
  });

  it('skips and limits after filter and sort', async () => {
    const sort = [['n', -1]] as const;
    expect(await context.names({ n: { $ne: 10 } }, { sort, skip: 1, limit: 2 })).toEqual(['f', 'b']);
    expect(await context.names({}, { sort, skip: 4 })).toEqual(['c', 'd']);
    expect(await context.names({}, { sort, limit: 1 })).toEqual(['e']);
    expect(await context.names({}, { skip: 6 })).toEqual([]);
    expect(await context.names({}, { skip: 0, limit: 100 })).toHaveLength(6);
  });

  it('gives nothing when nothing is asked for', async () => {
    expect(await context.names({}, { limit: 0 })).toEqual([]);
  });

  it('shows every document on exactly one page, whatever order they were put in', async () => {
    const { documents } = context;
    const collection = freshCollection();
    const ids = Array.from({ length: 300 }, (_, n) => `id-${(n * 7919) % 300}`);
    for (const id of ids)
      await documents.put(collection, id, { document: { id, n: id.length % 2 }, seen: {}, position: 1n });
    const pages: string[] = [];
    for (let skip = 0; skip < 300; skip += 7) {
      const query: Query = { filter: {}, sort: [['n', -1]], skip, limit: 7 };
      pages.push(...(await documents.find<{ id: string }>(collection, query)).map(({ id }) => id));
    }
    const whole = await documents.find<{ id: string }>(collection, { filter: {}, sort: [['n', -1]] });
    expect(pages).toEqual(whole.map(({ id }) => id));
    expect(new Set(pages).size).toBe(300);
  });

  it.each<Omit<Query, 'filter'>>([{ skip: -1 }, { limit: -1 }, { skip: 0.5 }, { limit: Number.NaN }])(
    'refuses a window that is no whole number: %j',
    async (rest) => {
      await expect(context.names({}, rest)).rejects.toThrow(RangeError);
    },
  );

  it.each(['', '$where', 'a..b', '__proto__'])('refuses to sort by "%s"', async (path) => {
    await expect(context.names({}, { sort: [[path, 1]] })).rejects.toThrow(Error);
  });
};

const counting = (context: Context): void => {
  it('counts what find would find without a limit', async () => {
    const { documents, collection } = context;
    await context.hold({ a: { x: 1, y: 1 }, b: { x: 1 }, c: { x: 2 }, d: { x: [1, 2] } });
    for (const [filter, count] of [
      [{}, 4],
      [{ x: 1 }, 3],
      [{ x: { $in: [1, 2] } }, 4],
      [{ x: 1, y: null }, 2],
      [{ x: 3 }, 0],
      [{ $or: [{ y: 1 }, { x: 2 }] }, 3],
    ] as const)
      expect({ filter, count: await documents.count(collection, filter) }).toEqual({ filter, count });
  });
};

const changing = (context: Context): void => {
  it('finds a document by what it holds now', async () => {
    await context.hold({ a: { x: 1, tags: ['p', 'q'] }, b: { x: 1, tags: ['q'] } });
    expect(await context.names({ x: 1 })).toEqual(['a', 'b']);
    expect(await context.names({ tags: 'q' })).toEqual(['a', 'b']);
    await context.hold({ a: { x: 2, tags: ['q', 'r'] } });
    expect(await context.names({ x: 1 })).toEqual(['b']);
    expect(await context.names({ x: 2 })).toEqual(['a']);
    expect(await context.names({ x: { $in: [1, 2] } })).toEqual(['a', 'b']);
    expect(await context.names({ tags: 'p' })).toEqual([]);
    expect(await context.names({ tags: 'q' })).toEqual(['a', 'b']);
    expect(await context.names({ tags: 'r' })).toEqual(['a']);
    await context.hold({ b: {} });
    expect(await context.names({ x: 1 })).toEqual([]);
    expect(await context.names({ tags: { $in: ['p', 'q', 'r'] } })).toEqual(['a']);
  });

  it('finds documents that were put after the first question', async () => {
    expect(await context.names({ x: 1 })).toEqual([]);
    await context.hold({ a: { x: 1 }, b: { x: [1, 2] } });
    expect(await context.names({ x: 1 })).toEqual(['a', 'b']);
  });
};

const dropping = (context: Context): void => {
  it('empties the collection, tombstones and all, and no other', async () => {
    const { documents, collection } = context;
    const other = freshCollection();
    await context.hold({ a: { x: 1 }, b: { x: 1 } });
    await documents.put(collection, 'b', { document: null, seen: { 'request-1': 2 }, position: ++position });
    await documents.put(other, 'a', { document: { x: 1 }, seen: {}, position: 1n });
    expect(await context.names({ x: 1 })).toEqual(['a']);
    await documents.drop(collection);
    expect(await context.names({})).toEqual([]);
    expect(await documents.count(collection, { x: 1 })).toBe(0);
    for (const id of ['a', 'b']) expect(await documents.get(collection, id)).toBeNull();
    expect(await documents.count(other, {})).toBe(1);
  });

  it('takes documents again afterwards', async () => {
    const { documents, collection } = context;
    await context.hold({ a: { x: 1 } });
    await documents.drop(collection);
    await context.hold({ b: { x: 1 } });
    expect(await context.names({ x: 1 })).toEqual(['b']);
  });

  it('drops what was never there', async () => {
    await expect(context.documents.drop(freshCollection())).resolves.toBeUndefined();
  });
};

const awkward = {
  'z before a': 'Grüße, 世界, 👩🏽‍🚀, \u2028, \u0000, "quoted" \\ \n',
  a: { nested: [[], {}, [null, false, 0, '']], '€': 1, é: 2 },
  numbers: [0, -1, 0.1, 1e21, 1e-7, 5e-324, 2 ** 53 - 1, -1.7976931348623157e308],
  text: '',
  nothing: null,
};
