import { within } from './within';

interface Connectable {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
}

const connectWithinMs = 8_000;
const disconnectWithinMs = 2_000;

/** Ends a connection, however it takes it: never throws, and waits for seconds at most. */
export const disconnect = (client: Connectable): Promise<void> =>
  within(disconnectWithinMs, 'Disconnecting', client.disconnect()).catch(() => undefined);

/** A client that is connected when it is first needed, and replaced by a new one after it was dropped. */
export class Connected<Client extends Connectable> {
  private current: Promise<Client> | null = null;

  constructor(private readonly make: () => Client) {}

  /** The client, connected. Throws when no broker can be reached; the next call tries again. */
  get(): Promise<Client> {
    this.current ??= this.connect();
    return this.current;
  }

  /** Forgets the client: the next one that is asked for is new. Takes seconds at most, also when it is still connecting. */
  async drop(): Promise<void> {
    const dropped = this.current;
    this.current = null;
    const ended = dropped?.then(disconnect, () => undefined);
    if (ended) await within(2 * disconnectWithinMs, 'Disconnecting', ended).catch(() => undefined);
  }

  private async connect(): Promise<Client> {
    const client = this.make();
    try {
      await within(connectWithinMs, 'Connecting to Kafka', client.connect());
      return client;
    } catch (error) {
      this.current = null;
      void disconnect(client);
      throw error;
    }
  }
}
