// A stand-in for MongoDB where there is none: mongo-java-server, in memory, on 127.0.0.1. For tests and `npm run stack`,
// never for production. As a program, `node tools/mongodb/mongodb.mjs [--stand-in] [port]`, it prints one line of JSON,
// { url, pid }, and runs until its standard input ends; it only passes on MONGODB_URL where that is set, unless it is asked
// for the stand-in. With --plan it prints what it would do, and does nothing: { isStandIn, absent }, the latter a reason or null.
// With --install it fetches the stand-in and ends; where it cannot run it says so and changes nothing.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { root, run } from '../install.mjs';

const sources = join(root, 'tools', 'mongodb');
const cache = join(root, '.cache', 'mongodb');
const jars = join(cache, 'lib');
const installed = join(cache, 'pom.xml');

const runs = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** Why the stand-in cannot run on this machine; null when it can. */
export const whyAbsent = () => {
  if (!runs('java', ['--version'])) return 'Java 17 is not installed';
  if (!existsSync(installed) && !runs('mvn', ['--version'])) return 'Maven (mvn) is not installed';
  return null;
};

const isInstalled = async () =>
  existsSync(installed) && (await readFile(installed, 'utf8')) === (await readFile(join(sources, 'pom.xml'), 'utf8'));

/** Fetches the jars once. Several may do so at the same time: each in a folder of its own, moved into place whole. */
export const install = async () => {
  if (await isInstalled()) return;
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(join(cache, 'fresh-'));
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
  await run('mvn', ['-q', '-B', '-f', join(sources, 'pom.xml'), goal, `-DoutputDirectory=${fresh}`], { quiet: true });
  await rm(jars, { recursive: true, force: true });
  await rename(fresh, jars);
  await cp(join(sources, 'pom.xml'), installed);
};

/** Resolves with the port when the server says that it listens; rejects with what it said when it ended instead. */
const listening = (child) =>
  new Promise((resolve, reject) => {
    let said = '';
    const hear = (data) => {
      said += data;
      const port = /listening on (\d+)/.exec(said)?.[1];
      if (port) resolve(Number(port));
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`The stand-in for MongoDB ended with ${code}: ${said}`)));
  });

/** Resolves when the server answers a ping within ten seconds. */
const answering = async (url) => {
  const { MongoClient } = await import('mongodb');
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 10_000 });
  try {
    await client.db('admin').command({ ping: 1 });
  } finally {
    await client.close();
  }
};

/** Installs what is missing and starts one server; port 0 takes a free one. Rejects when `whyAbsent` has a reason. */
export const start = async (port = 0) => {
  const reason = whyAbsent();
  if (reason)
    throw new Error(`The stand-in for MongoDB cannot run: ${reason}. Install it, or name a server by MONGODB_URL.`);
  await install();
  const args = [
    '-Xmx256m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-cp',
    join(jars, '*'),
    join(sources, 'StandIn.java'),
    `${port}`,
  ];
  const child = spawn('java', args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const taken = await listening(child);
  const url = `mongodb://127.0.0.1:${taken}`;
  await answering(url);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return { url, pid: child.pid, ended, stop };
};

const { values: options, positionals } = parseArgs({
  options: { plan: { type: 'boolean' }, install: { type: 'boolean' }, 'stand-in': { type: 'boolean' } },
  allowPositionals: true,
  args: process.argv[1] === fileURLToPath(import.meta.url) ? process.argv.slice(2) : [],
});

const named = options['stand-in'] ? undefined : process.env.MONGODB_URL;

/** So that several specs do not fetch it at the same time. */
const prepare = async () => {
  const reason = named ? null : whyAbsent();
  if (reason)
    return console.error(`MONGODB IS NOT TESTED HERE: ${reason}. Install it, or name a server by MONGODB_URL.`);
  if (!named) await install();
};

/** The server that MONGODB_URL names, which nobody here stops; without it the stand-in. */
const serve = async () => {
  if (named) return { url: named, pid: null, ended: new Promise(() => undefined), stop: () => process.exit(0) };
  return start(Number(positionals[0] ?? 0));
};

const main = async () => {
  if (options.plan) return console.log(JSON.stringify({ isStandIn: !named, absent: named ? null : whyAbsent() }));
  if (options.install) return prepare();
  const { url, pid, ended, stop } = await serve();
  console.log(JSON.stringify({ url, pid }));
  process.stdin.resume().on('end', stop);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
  await ended;
  process.exit(0);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
