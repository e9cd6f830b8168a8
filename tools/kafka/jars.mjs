// The jars of a Kafka broker, fetched by Maven.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const here = dirname(fileURLToPath(import.meta.url));
export const libs = join(here, '../../.cache/kafka/libs');

const javaVersion = () => {
  const { stderr = '' } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0);
};

const isInstalled = () => existsSync(libs) && readdirSync(libs).some((file) => /^kafka_2\.13-.*\.jar$/.test(file));

/** Why no broker can run on this machine; null when one can. */
export const whyNot = () => {
  if (process.env.KAFKA_BROKERS) return null;
  if (javaVersion() < 17) return 'Java 17 or newer is not installed (or `java` is not on the PATH)';
  if (isInstalled() || spawnSync('mvn', ['-v'], { stdio: 'ignore' }).status === 0) return null;
  return 'Maven is not installed (`mvn` is not on the PATH), so the broker cannot be fetched';
};

/** Fetches the jars once. Complete or not at all: they appear under their name when all are there. */
export const installKafka = async () => {
  if (process.env.KAFKA_BROKERS || isInstalled()) return;
  const incoming = `${libs}.${process.pid}`;
  mkdirSync(dirname(libs), { recursive: true });
  const args = ['-q', '-B', '-f', join(here, 'pom.xml'), 'dependency:copy-dependencies'];
  const { code, output } = await runToEnd('mvn', [...args, '-DincludeScope=runtime', `-DoutputDirectory=${incoming}`]);
  if (code !== 0) {
    rmSync(incoming, { recursive: true, force: true });
    throw new Error(
      `Maven could not fetch Kafka; check the network and Maven's settings, then run it again:\n${output}`,
    );
  }
  if (isInstalled()) return rmSync(incoming, { recursive: true });
  renameSync(incoming, libs);
};

/** Runs a command; resolves with how it ended and what it said. */
const runToEnd = (command, args) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('error', reject);
    child.on('exit', (code) => resolve({ code, output }));
  });

/** What a command said; rejects when it fails. */
export const runToSuccess = async (command, args) => {
  const { code, output } = await runToEnd(command, args);
  if (code !== 0) throw new Error(`${command} ${args[0]} ended with ${code}:\n${output}`);
  return output;
};
