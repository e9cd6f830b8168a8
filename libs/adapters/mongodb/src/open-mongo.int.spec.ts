import { MongoClient } from 'mongodb';
import { openMongo, type MongoOptions } from './open-mongo';
import { Mongo } from './mongo';
import { databaseName, describeWithServer, startServer, type SpecServer } from './spec';

describeWithServer('an open MongoDB', () => {
  let server: SpecServer;
  let where: MongoOptions & { database: string };
  beforeAll(async () => {
    server = await startServer();
  }, 120_000);
  afterAll(() => server.stop());
  beforeEach(() => (where = { url: server.url, database: databaseName() }));

  it('has its indexes: every field, and the orders that were asked for, also after they were removed', async () => {
    const [mongo, look] = [await openMongo(where), new Mongo({ ...where, deadlineMs: 5_000 })];
    const keysOf = async (collection: string) => (await look.indexes(collection)).map(({ keys }) => keys);
    const [own, every] = [[['_id', 1]], [['document.$**', 1]]];
    const byTime = [
      ['document.at', -1],
      ['_id', 1],
    ];
    const { documents } = mongo;
    const orders = [[['at', -1]]] as const;
    await documents.index('spec.a', orders);
    expect(await keysOf('spec.a')).toEqual([own, every, byTime]);
    await documents.put('spec.a', 'a', { document: {}, seen: {}, position: 1n });
    for (const remove of [() => documents.drop('spec.a'), () => look.drop('spec.a')]) {
      await remove();
      await documents.index('spec.a', orders);
      expect(await keysOf('spec.a')).toEqual([own, every, byTime]);
    }
    await documents.index('spec.a', []);
    expect(await keysOf('spec.a')).toEqual([own, every, byTime]);
    await documents.put('spec.new', 'a', { document: {}, seen: {}, position: 1n });
    expect(await keysOf('spec.new')).toEqual([own, every]);
    expect(await keysOf('spec.never')).toEqual([]);
    await look.dropDatabase();
    await Promise.all([mongo.close(), look.close()]);
  });

  it('refuses an index on the same fields that keeps documents out, and says what to do', async () => {
    const mongo = await openMongo(where);
    const client = await new MongoClient(where.url).connect();
    const theirs = { 'document.at': -1, _id: 1 } as const;
    await client.db(where.database).collection('spec.a').createIndex(theirs, { unique: true, name: 'theirs' });
    const indexing = mongo.documents.index('spec.a', [[['at', -1]]]);
    await expect(indexing).rejects.toThrow(/index theirs of spec\.a .* has unique\. Drop it in MongoDB/);
    await client.db(where.database).collection('spec.a').dropIndex('theirs');
    await mongo.documents.index('spec.a', [[['at', -1]]]);
    await mongo.dropDatabase();
    await Promise.all([mongo.close(), client.close()]);
  });

  it('remembers checkpoints, beyond what a number holds', async () => {
    const { checkpoints, dropDatabase, close } = await openMongo(where);
    expect(await checkpoints.load('requests.relay')).toBeNull();
    expect(await checkpoints.load('approvals.relay')).toBeNull();
    await checkpoints.save('requests.relay', 2n ** 62n + 1n);
    await checkpoints.save('approvals.relay', 7n);
    expect(await checkpoints.load('requests.relay')).toBe(2n ** 62n + 1n);
    await checkpoints.save('requests.relay', 5n);
    expect(await checkpoints.load('requests.relay')).toBe(5n);
    await dropDatabase();
    expect(await checkpoints.load('requests.relay')).toBeNull();
    await close();
  });

  it('lets the later lease alone save a checkpoint', async () => {
    const { checkpoints, dropDatabase, close } = await openMongo(where);
    await checkpoints.load('requests.relay', 7n);
    await checkpoints.save('requests.relay', 100n, 7n);
    expect(await checkpoints.load('requests.relay', 8n)).toBe(100n);
    await checkpoints.save('requests.relay', 90n, 7n);
    await checkpoints.save('requests.relay', 110n, 7n);
    expect(await checkpoints.load('requests.relay', 8n)).toBe(100n);
    await expect(checkpoints.load('requests.relay', 7n)).rejects.toThrow('belongs to a later lease');
    await checkpoints.save('requests.relay', 120n, 8n);
    expect(await checkpoints.load('requests.relay', 8n)).toBe(120n);
    await dropDatabase();
    await checkpoints.save('requests.relay', 130n, 8n);
    expect(await checkpoints.load('requests.relay', 9n)).toBe(130n);
    await dropDatabase();
    await close();
  });

  it('reads a checkpoint that was saved before there were leases', async () => {
    const [mongo, before] = [await openMongo(where), new Mongo({ ...where, deadlineMs: 5_000 })];
    await before.change('_checkpoints', { _id: 'requests.relay' }, { $set: { position: 12n } }, true);
    expect(await mongo.checkpoints.load('requests.relay', 1n)).toBe(12n);
    await mongo.dropDatabase();
    await Promise.all([mongo.close(), before.close()]);
  });

  it('refuses to hold what JSON cannot say, and leaves out what is undefined', async () => {
    const { documents, dropDatabase, close } = await openMongo(where);
    const put = (document: object) => documents.put('c', 'a', { document, seen: {}, position: 1n });
    for (const held of [new Date(0), new Map(), () => 1, 1n, Number.NaN])
      await expect(put({ list: [{ held }] })).rejects.toThrow('A document cannot hold');
    expect(await documents.get('c', 'a')).toBeNull();
    await put({ x: undefined, y: 1 });
    expect((await documents.get('c', 'a'))?.document).toStrictEqual({ y: 1 });
    await dropDatabase();
    await close();
  });
});
