import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** A server for specs. */
export interface SpecServer {
  readonly url: string;
  /** Of the stand-in; null for a server that somebody else runs. */
  readonly pid: number | null;
  stop(): Promise<void>;
}

/** `--stand-in` even where MONGODB_URL names another server: for specs that kill it. */
type Flags = readonly '--stand-in'[];

const tool = join(__dirname, '../../../../../tools/mongodb/mongodb.mjs');

/** What the tool would do on this machine. */
interface Plan {
  readonly isStandIn: boolean;
  /** Why there can be no server; null when there can. */
  readonly absent: string | null;
}

/** `describe` where there is a server; elsewhere it says loudly what is not run, and why. */
export const describeWithServer = (name: string, suite: (isStandIn: boolean) => void, flags: Flags = []): void => {
  const { stdout } = spawnSync(process.execPath, [tool, '--plan', ...flags], { encoding: 'utf8' });
  const { isStandIn, absent } = JSON.parse(stdout) as Plan;
  if (!absent) return describe(name, () => suite(isStandIn));
  console.warn(`NOT RUN: ${name}. ${absent}. Install it, or name a server by MONGODB_URL.`);
  describe.skip(`NOT RUN: ${name}`, () => suite(isStandIn));
};

/** Starts the stand-in, or passes on MONGODB_URL. Rejects when it should run and does not. */
export const startServer = async (flags: Flags = [], port = 0): Promise<SpecServer> => {
  const child = spawn(process.execPath, [tool, ...flags, `${port}`], { stdio: ['pipe', 'pipe', 'inherit'] });
  const said = JSON.parse(await firstLine(child)) as { url: string; pid: number | null };
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    ...said,
    stop: () => {
      child.stdin?.end();
      return ended;
    },
  };
};

/** A database of its own for every run, so that a real server can be shared. */
export const databaseName = (): string => `openpim-spec-${Date.now().toString(36)}-${process.pid}`;

const firstLine = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (data) => {
      said += String(data);
      if (said.includes('\n')) resolve(said);
    });
    child.once('exit', (code) => reject(new Error(`tools/mongodb ended with ${code} before it was ready.`)));
  });
