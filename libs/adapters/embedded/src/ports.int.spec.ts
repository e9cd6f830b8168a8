import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Parked, RecordedEvent } from '@pim/engine';
import { embeddedPorts } from './ports';

const event = (position: bigint): RecordedEvent => ({
  id: `event-${position}`,
  type: 'RoomBooked',
  version: 1,
  data: {},
  metadata: { actor: { id: 'a', kind: 'user' }, authentication: null, correlationId: 'c', causationId: 'c' },
  stream: 'room-1',
  revision: Number(position),
  position,
  recordedAt: '2026-03-02T08:00:00.000Z',
});

describe('what is set aside by embedded ports', () => {
  let folder: string;
  let told: Parked[];
  let ports: Awaited<ReturnType<typeof embeddedPorts>>;
  let isFixed: boolean;
  beforeEach(async () => {
    isFixed = false;
    told = [];
    folder = mkdtempSync(join(tmpdir(), 'openpim-ports-'));
    ports = await embeddedPorts(folder, undefined, (parked) => void told.push(parked));
    await ports.bus.consume({ group: 'pim.rooms.clean', categories: ['room'] }, async ({ position }) => {
      if (position === 7n && !isFixed) throw new Error('no broom\n  in the house');
    });
    for (const position of [6n, 7n, 8n]) await ports.bus.publish(event(position));
  });
  afterEach(async () => {
    await ports.bus.close();
    await ports.eventStore.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is told', () => {
    expect(told).toMatchObject([{ group: 'pim.rooms.clean', event: event(7n), reason: 'no broom\n  in the house' }]);
  });

  it('holds every checkpoint back, so that a restart delivers it again', async () => {
    await ports.checkpoints.save('rooms.relay', 5n);
    expect(await ports.checkpoints.load('rooms.relay')).toBe(5n);
    await ports.checkpoints.save('rooms.relay', 8n);
    expect(await ports.checkpoints.load('rooms.relay')).toBe(6n);
  });

  it('holds nothing back any more once it was replayed', async () => {
    isFixed = true;
    await ports.bus.replay('pim.rooms.clean');
    await ports.checkpoints.save('rooms.relay', 8n);
    expect(await ports.checkpoints.load('rooms.relay')).toBe(8n);
  });
});
