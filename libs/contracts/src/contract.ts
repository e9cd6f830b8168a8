type Upcaster = (older: never) => unknown;

/** What this build knows of one event type: which version it writes, and how to lift the older ones. */
export interface EventContract<Type extends string = string> {
  readonly type: Type;
  /** The schema version this code writes. Versions below it are lifted on read, never rewritten. */
  readonly version: number;
  /** `upcasters[i]` lifts version i+1 to version i+2. */
  readonly upcasters: readonly Upcaster[];
}

/** A contract at version 1 plus one version per upcaster. */
export const contract = <Type extends string>(type: Type, ...upcasters: Upcaster[]): EventContract<Type> => ({
  type,
  version: upcasters.length + 1,
  upcasters,
});

/** Lifts stored data to the current shape. Throws on a version newer than this build: it is never guessed. */
export const upcast = (to: EventContract, version: number, data: unknown): unknown => {
  if (!Number.isInteger(version) || version < 1 || version > to.version)
    throw new Error(`${to.type} v${version} is unknown here (this build knows up to v${to.version})`);
  return to.upcasters.slice(version - 1).reduce<unknown>((older, lift) => lift(older as never), data);
};

/** One category of streams: its name, who publishes it, and every event type it may hold. */
export interface StreamContract<Type extends string = string> {
  /** lowerCamelCase, no dash: the part of the stream name before the first dash. */
  readonly category: string;
  /** The context that appends to it; part of the topic name. */
  readonly context: 'requests' | 'approvals' | 'assignments' | 'alerting';
  readonly events: readonly EventContract<Type>[];
}
