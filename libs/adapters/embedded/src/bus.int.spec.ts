import type { Bus, Parked, RecordedEvent } from '@pim/engine';
import { busContract } from '@pim/engine/contract';
import { embeddedBus } from './bus';

busContract('embedded', async () => embeddedBus({ pauseMs: () => 0 }));

const eventOf = (stream: string, revision = 0): RecordedEvent => ({
  id: `${stream}@${revision}`,
  type: 'Happened',
  version: 1,
  data: {},
  metadata: { actor: { id: 'ada', kind: 'user' }, authentication: null, correlationId: 'c', causationId: 'c' },
  stream,
  revision,
  position: BigInt(revision),
  recordedAt: '2026-03-01T09:00:00.000Z',
});

/** A door that handlers wait at. */
const createGate = () => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
};

const categories = ['request'];
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('embedded bus', () => {
  let bus: Bus;
  let told: Parked[];
  let pauses: number[];
  beforeEach(() => {
    [told, pauses] = [[], []];
    bus = embeddedBus({
      retries: 3,
      now: () => '2026-03-02T08:00:00.000Z',
      onParked: (parked) => told.push(parked),
      pauseMs: (attempt) => {
        pauses.push(attempt);
        return 0;
      },
    });
  });
  afterEach(() => bus.close());

  const failAlways = () => Promise.reject(new Error('never'));

  it('says that an event is published when every group has handled it', async () => {
    const gate = createGate();
    const done: string[] = [];
    await bus.consume({ group: 'quick', categories }, async () => void done.push('quick'));
    await bus.consume({ group: 'slow', categories }, async () => {
      await gate.opened;
      done.push('slow');
    });
    const publishing = bus.publish(eventOf('request-1')).then(() => done.push('published'));
    await settle();
    expect(done).toEqual(['quick']);
    gate.open();
    await publishing;
    expect(done).toEqual(['quick', 'slow', 'published']);
  });

  it('says that an event is published when it is parked', async () => {
    await bus.consume({ group: 'g', categories }, failAlways);
    await bus.publish(eventOf('request-1'));
    expect(await bus.parked()).toEqual([
      { group: 'g', event: eventOf('request-1'), reason: 'never', since: '2026-03-02T08:00:00.000Z', tries: 4 },
    ]);
    expect(told).toEqual(await bus.parked());
  });

  it('tries again as often as it was told, and asks for the pause before each repetition', async () => {
    let tries = 0;
    await bus.consume({ group: 'g', categories }, async () => {
      tries += 1;
      throw new Error('never');
    });
    await bus.publish(eventOf('request-1'));
    expect(tries).toBe(4);
    expect(pauses).toEqual([1, 2, 3]);
  });

  it('handles events of one stream in the order of the calls, though nobody waits in between', async () => {
    const seen: number[] = [];
    await bus.consume({ group: 'g', categories }, async ({ revision }) => {
      if (revision % 3 === 0) await settle();
      seen.push(revision);
    });
    const revisions = Array.from({ length: 20 }, (_, n) => n);
    await Promise.all(revisions.map((revision) => bus.publish(eventOf('request-1', revision))));
    expect(seen).toEqual(revisions);
  });

  it('keeps the order when an event comes while one is under way and none waits', async () => {
    const gate = createGate();
    const started: number[] = [];
    await bus.consume({ group: 'g', categories }, async ({ revision }) => {
      started.push(revision);
      if (revision === 1) await gate.opened;
    });
    const early = [0, 1].map((revision) => bus.publish(eventOf('request-1', revision)));
    await settle();
    const late = bus.publish(eventOf('request-1', 2));
    await settle();
    expect(started).toEqual([0, 1]);
    gate.open();
    await Promise.all([...early, late]);
    expect(started).toEqual([0, 1, 2]);
  });

  it('handles different streams side by side', async () => {
    const gate = createGate();
    await bus.consume({ group: 'g', categories }, async ({ stream }) => {
      if (stream === 'request-1') await gate.opened;
      else gate.open();
    });
    await Promise.all([bus.publish(eventOf('request-1')), bus.publish(eventOf('request-2'))]);
    expect(await bus.parked()).toEqual([]);
  });

  it('gives each member of a group its share', async () => {
    const counts = [0, 0];
    for (const member of [0, 1])
      await bus.consume({ group: 'g', categories }, async () => void (counts[member] = (counts[member] ?? 0) + 1));
    for (let revision = 0; revision < 6; revision += 1) await bus.publish(eventOf('request-1', revision));
    expect(counts).toEqual([3, 3]);
  });

  it('gives an event to a member that asked for its category', async () => {
    const seen: string[] = [];
    await bus.consume({ group: 'g', categories: ['approval'] }, async ({ stream }) => void seen.push(`a:${stream}`));
    await bus.consume({ group: 'g', categories }, async ({ stream }) => void seen.push(`r:${stream}`));
    for (const stream of ['request-1', 'request-2', 'approval-1']) await bus.publish(eventOf(stream));
    expect(seen).toEqual(['r:request-1', 'r:request-2', 'a:approval-1']);
  });

  it('lets a handler publish', async () => {
    const seen: string[] = [];
    await bus.consume({ group: 'g', categories }, async ({ stream, revision }) => {
      seen.push(stream);
      if (revision < 2) await bus.publish(eventOf(`request-${revision + 2}`, revision + 1));
    });
    await bus.publish(eventOf('request-1'));
    expect(seen).toEqual(['request-1', 'request-2', 'request-3']);
  });

  it('parks an event once, though it is published and fails twice', async () => {
    await bus.consume({ group: 'g', categories }, failAlways);
    await bus.publish(eventOf('request-1'));
    await bus.publish(eventOf('request-1'));
    expect(await bus.parked()).toHaveLength(1);
  });

  it('counts an event once, though two replays meet', async () => {
    let isBroken = true;
    let handled = 0;
    await bus.consume({ group: 'g', categories }, async () => {
      if (isBroken) throw new Error('broken');
      handled += 1;
    });
    await bus.publish(eventOf('request-1'));
    isBroken = false;
    expect(await Promise.all([bus.replay('g'), bus.replay('g')])).toEqual([1, 0]);
    expect(handled).toBe(1);
  });

  it('parks although whoever is told of it fails', async () => {
    const other = embeddedBus({
      retries: 0,
      onParked: () => {
        throw new Error('nobody listens');
      },
    });
    await other.consume({ group: 'g', categories }, failAlways);
    await other.publish(eventOf('request-1'));
    expect(await other.parked()).toHaveLength(1);
    await other.close();
  });

  it('refuses an event to its publisher when it closes before the event was handled', async () => {
    const gate = createGate();
    await bus.consume({ group: 'g', categories }, () => gate.opened);
    const first = bus.publish(eventOf('request-1', 0));
    const second = bus.publish(eventOf('request-1', 1));
    await settle();
    const closing = bus.close();
    gate.open();
    await expect(first).resolves.toBeUndefined();
    await expect(second).rejects.toThrow('The bus is closed');
    await closing;
  });

  it('neither waits for the next try nor parks when it closes', async () => {
    const waiting = createGate();
    const other = embeddedBus({
      pauseMs: () => {
        waiting.open();
        return 2 ** 31 - 1;
      },
    });
    await other.consume({ group: 'g', categories }, failAlways);
    const publishing = expect(other.publish(eventOf('request-1'))).rejects.toThrow('The bus is closed');
    await waiting.opened;
    await other.close();
    await publishing;
    expect(await other.parked()).toEqual([]);
  });

  it('does not park what fails for the last time while it closes', async () => {
    const gate = createGate();
    const other = embeddedBus({ retries: 0 });
    await other.consume({ group: 'g', categories }, () => gate.opened.then(failAlways));
    const publishing = expect(other.publish(eventOf('request-1'))).rejects.toThrow('The bus is closed');
    await settle();
    const closing = other.close();
    gate.open();
    await Promise.all([closing, publishing]);
    expect(await other.parked()).toEqual([]);
  });

  it('takes no consumers and replays nothing after it was closed', async () => {
    await bus.close();
    await expect(bus.consume({ group: 'g', categories }, async () => undefined)).rejects.toThrow('The bus is closed');
    await expect(bus.replay('g')).rejects.toThrow('The bus is closed');
  });

  it('tries again after pauses of its own when it is told none', async () => {
    const other = embeddedBus({});
    let tries = 0;
    await other.consume({ group: 'g', categories }, async () => {
      tries += 1;
      if (tries < 4) throw new Error('not yet');
    });
    await other.publish(eventOf('request-1'));
    expect(tries).toBe(4);
    await other.close();
  });
});
