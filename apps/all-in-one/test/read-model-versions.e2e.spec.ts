import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectionsOf } from '@pim/platform';
import { contexts } from '../src/compose';

type Projection = ReturnType<typeof projectionsOf>[number];
type Recorded = Parameters<Projection['evolve']>[2];

const fixtures = join(__dirname, '../../../libs/contracts/fixtures');

/** Every event that a read model is folded from, in its newest version, as the log would hand it over. */
const eventsFor = ({ sources }: Projection): readonly Recorded[] =>
  sources.flatMap(({ category, events }) =>
    events.map(({ type, version }) => ({
      id: `00000000-0000-5000-8000-000000000001`,
      type,
      version,
      data: JSON.parse(readFileSync(join(fixtures, type, `v${version}.json`), 'utf8')) as Recorded['data'],
      metadata: {
        actor: { id: 'a0000000-0000-4000-8000-000000000001', kind: 'user' as const },
        authentication: null,
        correlationId: 'correlation',
        causationId: `call:${'0'.repeat(32)}:${'1'.repeat(32)}:1`,
      },
      stream: `${category}-fixture`,
      revision: 0,
      position: 1n,
      recordedAt: '2026-03-02T08:00:00.000Z',
    })),
  );

const shortHash = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);

/** What it makes of an event upon a document: one result for each key. */
const fold = (projection: Projection, recorded: Recorded, document: object | null): readonly (object | null)[] => {
  const event = { type: recorded.type, data: recorded.data };
  return projection.keys(event, recorded).map((key) => projection.evolve(document, event, recorded, key));
};

/** The first document that each event makes of none. */
const documentsBy = (projection: Projection, events: readonly Recorded[]): ReadonlyMap<string, object> =>
  new Map(
    events.flatMap((recorded) => {
      const [document] = fold(projection, recorded, null);
      return document ? [[recorded.type, document] as const] : [];
    }),
  );

/** Everything different that an event makes: of no document, and of those that other events made. */
const foldsOf = (projection: Projection): Readonly<Record<string, string>> => {
  const events = eventsFor(projection);
  const documents = [['nothing', null] as const, ...documentsBy(projection, events)];
  const folds: Record<string, string> = {};
  for (const recorded of events) {
    const known = new Set<string>();
    for (const [base, document] of documents) {
      const after = fold(projection, recorded, document);
      const hash = shortHash(after);
      const isChanged = after.some((one) => JSON.stringify(one) !== JSON.stringify(document));
      if (isChanged && !known.has(hash)) folds[`${recorded.type} upon ${base}`] = hash;
      if (isChanged) known.add(hash);
    }
  }
  return folds;
};

/**
 * A release that folds a read model otherwise must say so, or it goes on with documents of the release before. When a line of
 * a snapshot is not what it was, or comes for an event that logs may hold, raise the `version` of that projection, and write
 * the snapshot of the new version with `-u`. An event that no log has yet needs no new version.
 */
describe('a read model holds the same for the same events as long as its version is the same', () => {
  it.each(
    projectionsOf({ contexts, tenant: { tenantId: 'tenant' } }).map((one) => [one.collection, one.version ?? 1, one]),
  )('%s, version %i', (_name, _version, projection) => {
    expect(foldsOf(projection)).toMatchSnapshot();
  });
});
