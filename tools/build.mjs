// Compiles libs, apps and the tools in TypeScript to dist/ with decorator metadata (esbuild and tsx drop it, and Nest then answers 500).
import { transformFile } from '@swc/core';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'dist', '.built');

const swcrc = JSON.parse(await readFile(join(root, '.swcrc'), 'utf8'));
const { compilerOptions } = JSON.parse(await readFile(join(root, 'tsconfig.base.json'), 'utf8'));
const aliases = Object.entries(compilerOptions.paths).map(([name, [file]]) => [name, file.replace(/^\.\//, '')]);

/** `from '@pim/kernel'` becomes a relative path, so that plain Node can run the result. */
const relink = (code, file) =>
  code.replace(/require\("(@pim\/[^"]+)"\)/g, (whole, name) => {
    const target = aliases.find(([alias]) => alias === name)?.[1];
    if (!target) throw new Error(`${file}: ${name} is not in tsconfig.base.json's paths`);
    const path = relative(dirname(file), target.replace(/\.ts$/, '.js'));
    return `require("${path.startsWith('.') ? path : `./${path}`}")`;
  });

const isSource = (file) => /\/src\/.*\.ts$/.test(file) && !/\.spec\.ts$|\.d\.ts$/.test(file);

const sources = async () => {
  const found = await Promise.all(
    ['libs', 'apps', 'tools'].map(async (top) =>
      (await readdir(join(root, top), { recursive: true })).map((f) => join(top, f)),
    ),
  );
  return found.flat().filter((file) => !file.includes('node_modules') && isSource(file));
};

/** What compiled code reads beside itself: descriptions of the events, which are served. */
const descriptions = async () => [
  'docs/asyncapi.yaml',
  ...(await readdir(join(root, 'docs/schemas'))).map((file) => join('docs/schemas', file)),
];

const copy = async (file) => {
  const out = join(root, 'dist', file);
  await mkdir(dirname(out), { recursive: true });
  await copyFile(join(root, file), out);
};

const newest = async (files) =>
  Math.max(...(await Promise.all(files.map(async (f) => (await stat(join(root, f))).mtimeMs))));

const compile = async (file) => {
  const out = join(root, 'dist', file.replace(/\.ts$/, '.js'));
  const { code, map } = await transformFile(join(root, file), {
    ...swcrc,
    swcrc: false,
    sourceFileName: join(root, file),
  });
  await mkdir(dirname(out), { recursive: true });
  await writeFile(out, `${relink(code, file)}\n//# sourceMappingURL=${out.split('/').pop()}.map\n`);
  await writeFile(`${out}.map`, map);
};

/** Builds when a source is newer than the last build; returns how many files were compiled. */
export const build = async () => {
  const files = await sources();
  const copied = await descriptions();
  const inputs = [...files, ...copied, '.swcrc', 'tsconfig.base.json', 'tools/build.mjs'];
  const fingerprint = `${inputs.length} ${await newest(inputs)}`;
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === fingerprint) return 0;
  await rm(join(root, 'dist'), { recursive: true, force: true });
  await Promise.all([...files.map(compile), ...copied.map(copy)]);
  await writeFile(stamp, fingerprint);
  return files.length;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(`built ${await build()} files`);
