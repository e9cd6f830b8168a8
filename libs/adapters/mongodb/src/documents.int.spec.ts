import { documentsContract } from '@pim/engine/contract';
import { openMongo, type OpenMongo } from './open-mongo';
import { databaseName, describeWithServer, startServer, type SpecServer } from './spec';

/** Nothing of ours keeps lists in lists; a real server passes. */
const standIn = { 'lists in lists': 'mongo-java-server opens them' };

describeWithServer('MongoDB', (isStandIn) => {
  let server: SpecServer;
  let mongo: OpenMongo;
  beforeAll(async () => {
    server = await startServer();
    mongo = await openMongo({ url: server.url, database: databaseName() });
  }, 120_000);
  afterAll(async () => {
    await mongo.dropDatabase();
    await mongo.close();
    await server.stop();
  });

  documentsContract('MongoDB', async () => mongo.documents, { except: isStandIn ? standIn : {} });
});
