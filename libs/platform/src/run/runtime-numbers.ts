import type { Instant } from '@pim/contracts';
import type { Clock, Lag, LeasedWork, Projector, Scheduler } from '@pim/engine';
import type { Context } from '../context';
import type { Ports } from '../ports';
import type { ContextWork } from './context-work';

/** The work of a context, and whose it is. */
export interface NamedWork {
  readonly context: string;
  readonly work: LeasedWork<ContextWork>;
}

/** What the work of a context says of itself; nothing but `isHeld` while another process does it. */
interface WorkNumbers {
  readonly context: string;
  readonly isHeld: boolean;
  readonly relayLag: (() => Promise<Lag>) | null;
  readonly topicLags: readonly { readonly topic: string; readonly lag: () => Promise<Lag> }[];
  readonly scheduler: Pick<Scheduler, 'size' | 'overdueSince'> | null;
}

/** What the loops of this process say of themselves, of its own contexts alone: other processes tell of theirs. */
export interface RuntimeNumbers {
  /** Seconds by the clock of the process; 0 for null. */
  secondsSince(instant: Instant | null): number;
  projectionLag(): Promise<Lag>;
  works(): readonly WorkNumbers[];
  consumers(): readonly { readonly group: string; readonly isDown: boolean }[];
  /** Events set aside, by consumer group; groups without any are left out. */
  parked(): Promise<ReadonlyMap<string, number>>;
}

interface Sources {
  readonly contexts: readonly Context[];
  readonly ports: Pick<Ports, 'bus' | 'consumersDown'> & { readonly clock: Pick<Clock, 'now'> };
  readonly projector: Pick<Projector, 'lag'>;
  readonly works: readonly NamedWork[];
}

const groupsOf = (contexts: readonly Context[]): readonly string[] =>
  contexts.flatMap(({ name, reactions }) => reactions.map((reaction) => `pim.${name}.${reaction.name}`));

const workNumbers = ({ context, work }: NamedWork): WorkNumbers => {
  const current = work.current();
  const relay = current?.relay ?? null;
  return {
    context,
    isHeld: current !== null,
    relayLag: relay && (() => relay.lag()),
    topicLags: (current?.feeds ?? []).map((feed) => ({ topic: feed.name, lag: () => feed.lag() })),
    scheduler: current?.scheduler ?? null,
  };
};

const countedByGroup = async (bus: Ports['bus']): Promise<ReadonlyMap<string, number>> => {
  const counts = new Map<string, number>();
  for (const { group } of await bus.parked()) counts.set(group, (counts.get(group) ?? 0) + 1);
  return counts;
};

export const runtimeNumbers = ({ contexts, ports, projector, works }: Sources): RuntimeNumbers => {
  const groups = groupsOf(contexts);
  return {
    secondsSince: (instant) =>
      instant === null ? 0 : Math.max(0, Date.parse(ports.clock.now()) - Date.parse(instant)) / 1_000,
    projectionLag: () => projector.lag(),
    works: () => works.map(workNumbers),
    consumers: () => {
      const down = new Set(ports.consumersDown());
      return groups.map((group) => ({ group, isDown: down.has(group) }));
    },
    parked: () => countedByGroup(ports.bus),
  };
};
