import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { embeddedDocuments } from '@pim/adapters/embedded';
import { eventStoreDb } from '@pim/adapters/eventstore';
import { kafkaBus, type KafkaBus } from '@pim/adapters/kafka';
import { openMongo, type OpenMongo } from '@pim/adapters/mongodb';
import { foldReadModels, projectionsOf, readModelsIn, type Ports } from '@pim/platform';
import { contexts } from '../../src/compose';
import { readDemoTenant } from '../../src/demo-tenant';
import { Deliveries } from './deliveries';
import { expectSoundLog, readLog, typesOf, type Recorded } from './log';
import { endedIn, expectAdministrators, expectInEffect, scheduleIdIn, type Look } from './in-effect';
import { assignmentInstances } from './server';
import type { TestStack } from './stack';
import { until } from './until';

type EventStore = Ports['eventStore'];
type Documents = OpenMongo['documents'];

const projections = projectionsOf({ contexts, tenant: readDemoTenant() });
const categories = contexts.flatMap(({ streams }) => streams.map(({ category }) => category));

interface Seen {
  readonly stack: TestStack;
  readonly eventStore: EventStore;
  readonly mongo: OpenMongo;
  readonly bus: KafkaBus;
  readonly deliveries: Deliveries;
}

/** Sees what a stack has recorded, published and projected, and remembers what it told its clients. */
export class Witness {
  /** What clients were told is recorded: stream and type. */
  private readonly acknowledged: (readonly [stream: string, type: string])[] = [];
  /** Schedules that have ended before their time, and when a client was told so. */
  private readonly ended = new Map<string, string>();
  private readonly looks: Look[] = [];

  private constructor(private readonly seen: Seen) {}

  static async of(stack: TestStack): Promise<Witness> {
    const { brokers, eventStoreUrl, mongoUrl } = stack.addresses;
    const eventStore = eventStoreDb(eventStoreUrl);
    const mongo = await openMongo({ url: mongoUrl });
    const deliveries = new Deliveries();
    const bus = kafkaBus({ brokers: brokers.split(',') });
    await bus.consume({ group: `pim.spec.${randomUUID()}`, categories }, async (event) => deliveries.note(event));
    return new Witness({ stack, eventStore, mongo, bus, deliveries });
  }

  async close(): Promise<void> {
    const { eventStore, mongo, bus } = this.seen;
    await bus.close();
    await Promise.all([eventStore.close(), mongo.close()]);
  }

  log(): Promise<readonly Recorded[]> {
    return readLog(this.seen.eventStore);
  }

  get deliveries(): Deliveries {
    return this.seen.deliveries;
  }

  /** A client was told that this happened. */
  told(stream: string, type: string): void {
    this.acknowledged.push([stream, type]);
  }

  /** A client was told that this schedule has ended, whatever its time. */
  toldEnded(scheduleId: string): void {
    this.ended.set(scheduleIdIn(scheduleId), new Date().toISOString());
  }

  /** Asks once who holds what, and keeps the answer to be judged by the log; being told nothing is no answer. */
  async look(): Promise<void> {
    const sentAt = new Date().toISOString();
    const answer = await this.seen.stack.call('sam', 'GET', `${assignmentInstances}?$top=999`).catch(() => null);
    const receivedAt = new Date().toISOString();
    if (!answer || answer.status >= 500) return;
    expect(answer.status).toBe(200);
    const schedules = (answer.body.value ?? []).map((instance) =>
      scheduleIdIn(String(instance['roleAssignmentScheduleId'])),
    );
    this.looks.push({ sentAt, receivedAt, schedules });
  }

  /**
   * S1 to S4 and L1, and that nothing was lost between the log and Kafka: at once, or when what is under way has
   * arrived. There is no chain of hashes over the trail yet, so S4 is that the trail has an entry for whatever
   * a fresh fold of the log has one for.
   */
  async expectRight(): Promise<void> {
    await this.expectSameAsRebuilt();
    const log = await this.log();
    expectSoundLog(log);
    for (const [stream, type] of this.acknowledged)
      expect([stream, typesOf(log, stream)]).toEqual([stream, expect.arrayContaining([type])]);
    expect([...this.ended.keys()].filter((id) => !endedIn(log).has(id))).toEqual([]);
    expectInEffect(log, this.looks.splice(0), this.ended);
    expectAdministrators(log);
    await until(
      async () => this.deliveries.missing(log),
      (missing) => missing.length === 0,
    );
    expect(this.deliveries.outOfOrder()).toEqual([]);
    expect(await this.seen.bus.parked()).toEqual([]);
  }

  private async expectSameAsRebuilt(): Promise<void> {
    await until(
      () => this.differing(),
      (names) => names.length === 0,
    );
    const path = 'auditLogs/directoryAudits?$count=true&$top=1';
    const { body } = await until(
      () => this.seen.stack.call('sam', 'GET', path),
      ({ status }) => status === 200,
    );
    expect(body['@odata.count']).toBe(await this.seen.mongo.documents.count('audit.directoryAudits', {}));
  }

  /** Read models that are not what the log says now. */
  private async differing(): Promise<readonly string[]> {
    const { eventStore, mongo } = this.seen;
    const fresh = embeddedDocuments();
    await foldReadModels({ eventStore, documents: fresh, projections });
    const served = readModelsIn(mongo.documents, projections);
    const names = projections.map(({ collection }) => collection);
    const all = (documents: Documents, name: string) => documents.find(name, { filter: {} });
    const same = await Promise.all(
      names.map(async (name) => isDeepStrictEqual(await all(served, name), await all(fresh, name))),
    );
    return names.filter((_, n) => !same[n]);
  }
}
