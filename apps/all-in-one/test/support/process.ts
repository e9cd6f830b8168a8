import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

const root = join(__dirname, '../../../..');

/** How an ended process ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Servers that are named for the specs of adapters are not for this process. */
const embedded = { EVENT_STORE_URL: '', KAFKA_BROKERS: '', MONGODB_URL: '' };

/** The all-in-one as its own process, built as `npm start` builds it. */
export class ServerProcess {
  readonly ended: Promise<Ended>;

  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    output: { stdout: string; stderr: string },
  ) {
    this.ended = new Promise((resolve) => child.once('exit', (code) => resolve({ code, ...output })));
  }

  static spawn(folder: string, port: number, env: Record<string, string> = {}): ServerProcess {
    const child = spawn(process.execPath, [join(root, 'tools/start.mjs')], {
      cwd: root,
      env: {
        ...process.env,
        ...embedded,
        OPENPIM_MODE: 'development',
        OPENPIM_DATA: folder,
        PORT: String(port),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (data) => (output.stdout += String(data)));
    child.stderr.on('data', (data) => (output.stderr += String(data)));
    return new ServerProcess(`http://127.0.0.1:${port}`, child, output);
  }

  /** Resolves when it takes traffic; rejects with its own words when it ended instead. */
  async ready(): Promise<this> {
    const gone = this.ended.then(({ code, stderr }) =>
      Promise.reject(new Error(`the server ended with ${code}: ${stderr}`)),
    );
    gone.catch(() => undefined);
    for (;;) {
      const answer = await Promise.race([fetch(`${this.url}/health/ready`).catch(() => null), gone]);
      if (answer?.ok) return this;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  kill(signal: NodeJS.Signals): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }
}

/** A port nobody listens on at the moment. */
export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
