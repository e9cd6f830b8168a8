// Writes docs/events.md from the contracts' source: what each event is called, when it is recorded and when it is not.
// `--check` writes nothing and fails when the page is stale. Both fail on an event that does not say when it is NOT recorded.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const contracts = join(root, 'libs/contracts/src');
const page = join(root, 'docs/events.md');

const saysWhenNot = /not recorded|never recorded|never before/i;

/** `roleSchedule` → `role-schedule` */
const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const sources = () =>
  readdirSync(contracts, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && readdirSync(join(contracts, entry.name)).includes('index.ts'))
    .map((entry) => join(contracts, entry.name, 'index.ts'))
    .sort()
    .map((file) => ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));

/** The doc comment as one line of text. */
const commentOf = (statement) =>
  ts
    .getJSDocCommentsAndTags(statement)
    .filter(ts.isJSDoc)
    .map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? '')
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();

/** `export type X = DomainEvent<'X', …>` → ['X', comment]; anything else → nothing. */
const eventOf = (statement) => {
  if (!ts.isTypeAliasDeclaration(statement) || !ts.isTypeReferenceNode(statement.type)) return [];
  const { typeName, typeArguments } = statement.type;
  if (typeName.getText() !== 'DomainEvent' || !typeArguments?.length) return [];
  const [name] = typeArguments;
  return ts.isLiteralTypeNode(name) && ts.isStringLiteral(name.literal)
    ? [[name.literal.text, commentOf(statement)]]
    : [];
};

const member = (object, name) =>
  object.properties.find((property) => ts.isPropertyAssignment(property) && property.name.getText() === name)
    ?.initializer;

/** `contract('X', lift1to2, …)` → its type and the version it writes. */
const contractOf = (call) => ({ type: call.arguments[0].text, version: call.arguments.length });

/** `export const xStream: StreamContract<…> = { … }` → the stream; anything else → nothing. */
const streamsOf = (statement) => {
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations
    .filter(({ type }) => type?.getText().startsWith('StreamContract'))
    .map(({ initializer }) => ({
      comment: commentOf(statement),
      category: member(initializer, 'category').text,
      context: member(initializer, 'context').text,
      events: member(initializer, 'events').elements.map(contractOf),
    }));
};

const cell = (text) => text.replaceAll('|', '\\|');

const section = ({ comment, category, context, events }, comments) => [
  `## ${category}`,
  '',
  `${comment}`,
  '',
  `- appended by: \`${context}\``,
  `- topic: \`pim.${context}.${kebab(category)}.v1\``,
  '',
  '| Event | Version | When it is recorded, and when it is not |',
  '| --- | --- | --- |',
  ...events.map(({ type, version }) => `| \`${type}\` | ${version} | ${cell(comments.get(type) ?? '')} |`),
  '',
];

const introduction = [
  '# Events',
  '',
  'Generated from `libs/contracts/src` by `node tools/events-md/events-md.mjs`; change the doc comments there, not this page.',
  '',
  'A stream is called `<category>-<id>`. The stored event is the published event: the topic carries every event of its',
  'category, keyed by stream, in the order of the stream. The version is that of the data which this build writes; older',
  'ones are lifted when they are read and never rewritten.',
  '',
  'For programs: [AsyncAPI](asyncapi.yaml), and a [JSON Schema](schemas) for each version of each event.',
  '',
];

const statements = sources().flatMap((source) => [...source.statements]);
const comments = new Map(statements.flatMap(eventOf));
const streams = statements.flatMap(streamsOf);
const published = streams.flatMap(({ events }) => events.map(({ type }) => type));

const offences = [
  ...published
    .filter((type) => !saysWhenNot.test(comments.get(type) ?? ''))
    .map((type) => `${type}: add a sentence to its doc comment that says when it is not recorded ("Not recorded …")`),
  ...[...comments.keys()]
    .filter((type) => !published.includes(type))
    .map((type) => `${type}: list it in the events of its stream contract`),
];

const lines = [...introduction, ...streams.flatMap((stream) => section(stream, comments))];
const text = await format(lines.join('\n'), { ...(await resolveConfig(page)), parser: 'markdown' });
const stored = () => {
  try {
    return readFileSync(page, 'utf8');
  } catch {
    return null;
  }
};

if (!process.argv.includes('--check')) writeFileSync(page, text);
else if (stored() !== text) offences.push('docs/events.md is stale: run `node tools/events-md/events-md.mjs`');

offences.forEach((offence) => console.error(offence));
console.log(`${published.length} events in ${streams.length} streams`);
if (offences.length > 0) process.exitCode = 1;

// The same events for programs.
await import('../asyncapi/asyncapi.mjs');
