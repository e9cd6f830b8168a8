// Writes docs/graph-compatibility.md from the rows of the conformance table: what of Microsoft Graph is served, what
// differs and why, what is not there. `--check` writes nothing and fails when the page is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import { format, resolveConfig } from 'prettier';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const table = join(root, 'apps/all-in-one/test/conformance/chapters.ts');
const page = join(root, 'docs/graph-compatibility.md');
const swcrc = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8'));

/** Rows are plain data in TypeScript: what they import are types and one another. */
Module._extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...swcrc, swcrc: false, sourceMaps: false });
  module._compile(code, filename);
};
const { chapters } = createRequire(import.meta.url)(table);

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const asked = ({ ask, as }) => `\`${cell(ask)}\`${as && as !== 'ada' ? ` (${as})` : ''}`;

const answered = ({ answer: { status, code, is, each } }) => {
  const what = code ?? is ?? (each && `${each}[]`);
  return what ? `${status} \`${what}\`` : `${status}`;
};

const verdict = ({ differs, missing }) =>
  missing ? `**Not there**: ${missing}` : differs ? `**Differs**: ${differs}` : 'as documented';

const line = (row) =>
  `| ${row.section} | ${cell(row.says)} | ${asked(row)} | ${answered(row)} | ${cell(verdict(row))} |`;

const section = ({ title, rows }) => [
  `## ${title[0].toUpperCase()}${title.slice(1)}`,
  '',
  '| § | Documented | Request | Answer | Served |',
  '| --- | --- | --- | --- | --- |',
  ...rows.map(line),
  '',
];

const rows = chapters.flatMap((chapter) => chapter.rows);
const count = (wanted) => rows.filter(wanted).length;

const introduction = [
  '# How far Microsoft Graph’s PIM API is served',
  '',
  'Generated from the rows of `apps/all-in-one/test/conformance` by `node tools/graph-compatibility/graph-compatibility.mjs`;',
  'change the rows, not this page. Every row is a request that the tests send: what stands here has been answered. An answer',
  'with a type in it has exactly the properties that Graph’s schema gives the type, with their types and enum casing, and',
  'every answer has Graph’s headers and error shape. Names in braces are ids of the demo tenant, in parentheses who asks.',
  '§ is what comments in the code call “reference §”.',
  '',
  `${count((row) => !row.differs && !row.missing)} rows as documented, ${count((row) => row.differs)} that differ, ${count((row) => row.missing)} for what is not there.`,
  '',
];

const lines = [...introduction, ...chapters.flatMap(section)];
const text = await format(lines.join('\n'), { ...(await resolveConfig(page)), parser: 'markdown' });
const stored = () => {
  try {
    return readFileSync(page, 'utf8');
  } catch {
    return null;
  }
};

if (!process.argv.includes('--check')) writeFileSync(page, text);
else if (stored() !== text) {
  console.error('docs/graph-compatibility.md is stale: run `node tools/graph-compatibility/graph-compatibility.mjs`');
  process.exitCode = 1;
}
