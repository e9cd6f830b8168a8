import type { Checkpoints, Documents, Leases } from '@pim/engine';
import { mongoCheckpoints } from './checkpoints';
import { MongoDocuments } from './documents';
import { MongoLeases } from './leases';
import { Mongo } from './mongo';

export interface MongoOptions {
  /** `mongodb://…` or `mongodb+srv://…`, with credentials and TLS where they are needed. */
  readonly url: string;
  /** Without it the one that the URL names. */
  readonly database?: string;
  /** How long one call may take, in milliseconds; 5000 without it. */
  readonly deadlineMs?: number;
  /** How long a lease lasts that its holder does not renew, in milliseconds; 6000 without it. */
  readonly leaseMs?: number;
}

/** Everything that this adapter stands behind. */
export interface OpenMongo {
  readonly documents: Documents;
  readonly checkpoints: Checkpoints;
  readonly leases: Leases;
  /** Rejects with `DocumentsUnavailable` when MongoDB cannot answer now. */
  ping(): Promise<void>;
  /** Removes everything that is stored here: read models and checkpoints come back from the log. */
  dropDatabase(): Promise<void>;
  close(): Promise<void>;
}

/** Connects. Throws `DocumentsUnavailable` when there is no answer. */
export const openMongo = async ({
  deadlineMs = 5_000,
  leaseMs = 6_000,
  ...where
}: MongoOptions): Promise<OpenMongo> => {
  const mongo = new Mongo({ ...where, deadlineMs });
  const documents = new MongoDocuments(mongo);
  try {
    await mongo.ping();
  } catch (error) {
    await mongo.close();
    throw error;
  }
  return {
    documents,
    checkpoints: mongoCheckpoints(mongo),
    leases: new MongoLeases(mongo, leaseMs),
    ping: () => mongo.ping(),
    dropDatabase: async () => void (await mongo.dropDatabase()),
    close: () => mongo.close(),
  };
};
