import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '@pim/kernel';
import * as contracts from './index';

const fixtures = join(__dirname, '../fixtures');

const isStream = (value: unknown): value is contracts.StreamContract =>
  typeof value === 'object' && value !== null && 'category' in value && 'events' in value;

// Found, not listed: a stream added to the contracts is under this test at once.
const streams = Object.values<unknown>(contracts).filter(isStream);
const events = streams.flatMap((stream) => stream.events);
const versionsOf = ({ version }: contracts.EventContract) => Array.from({ length: version }, (_, i) => i + 1);

const fixture = (type: string, version: number): unknown =>
  JSON.parse(readFileSync(join(fixtures, type, `v${version}.json`), 'utf8'));

// A fixture, once released, is never edited: it stands for bytes already on somebody's disk.
describe.each(events.map((event) => [event.type, event] as const))('%s', (type, event) => {
  it.each(versionsOf(event))('still reads what v%i wrote', (version) =>
    expect(contracts.upcast(event, version, fixture(type, version))).toMatchSnapshot(),
  );
  it.each(versionsOf(event))('has a canonical form for v%i and says when it took effect', (version) => {
    const data = fixture(type, version);
    expect(JSON.parse(canonicalJson(data))).toEqual(data);
    expect(data).toMatchObject({ at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) });
  });
});

it('keeps a fixture for every version of every event, and for nothing else', () => {
  const expected = events.flatMap((event) => versionsOf(event).map((version) => `${event.type}/v${version}.json`));
  const present = readdirSync(fixtures).flatMap((type) =>
    readdirSync(join(fixtures, type)).map((file) => `${type}/${file}`),
  );
  expect(present.sort()).toEqual(expected.sort());
});

it('names every event type and every category once', () => {
  const types = events.map(({ type }) => type);
  const categories = streams.map(({ category }) => category);
  expect(new Set(types).size).toBe(types.length);
  expect(new Set(categories).size).toBe(categories.length);
  // The part before the first dash of a stream's name is its category.
  for (const category of categories) expect(category).toMatch(/^[a-z][A-Za-z]*$/);
});
