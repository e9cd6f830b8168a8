import type { Reaction, RecordedEvent } from '@pim/engine';
import type { World } from './world';

/** Something that is being done; between its steps anything else may happen. */
export type Task = Generator<undefined, void>;

/** What asks for something, step by step. */
export interface Lane {
  readonly name: string;
  /** The task it is at; null: there is nothing to do. */
  current(): Task | null;
  /** The task is done. */
  finished(): void;
}

/** In whose name everything is done that nobody asks for. */
export const context = {
  commandId: 'c',
  correlationId: 'c',
  actor: { id: 'system:machine', kind: 'system' },
  authentication: null,
} as const;

/** One reaction at one stream: event after event, each when the one before is handled. */
export class Delivery implements Lane {
  readonly events: RecordedEvent[] = [];
  private next = 0;
  private task: Task | null = null;
  private isTried = false;

  constructor(
    private readonly reaction: Reaction,
    stream: string,
    private readonly handle: (command: object) => Task,
  ) {
    this.name = `${reaction.name} of ${stream}`;
  }

  readonly name: string;

  current(): Task | null {
    while (this.task === null && this.next < this.events.length) this.begin();
    return this.task;
  }

  finished(): void {
    this.task = null;
    this.next += 1;
  }

  /** Whether anything was begun here, which may be begun again. */
  get hasBegun(): boolean {
    return this.isTried;
  }

  /** What was being done is broken off, and this many events that were handled are delivered again. */
  rewind(events: number): void {
    this.task = null;
    this.next = Math.max(0, this.next - events);
  }

  private begin(): void {
    const event = this.events[this.next];
    const commands = event ? this.reaction.react(event, context, event) : [];
    if (commands.length === 0) this.next += 1;
    else {
      this.isTried = true;
      this.task = oneAfterAnother(commands, this.handle);
    }
  }
}

function* oneAfterAnother(commands: readonly object[], handle: (command: object) => Task): Task {
  for (const command of commands) yield* handle(command);
}

interface Due {
  readonly at: string;
  readonly command: () => Task;
}

/** One deadline of one key: waits for its time, and may be asked for once more. */
export class Timer implements Lane {
  private due: Due | null = null;
  private task: Task | null = null;
  private last: Due | null = null;

  constructor(
    readonly name: string,
    private readonly world: World,
  ) {}

  get hasBegun(): boolean {
    return this.last !== null;
  }

  get at(): string | null {
    return this.due?.at ?? null;
  }

  set(due: Due | null): void {
    this.due = due;
  }

  current(): Task | null {
    if (this.task === null && this.due !== null && this.due.at <= this.world.now) {
      this.last = this.due;
      this.due = null;
      this.task = this.last.command();
    }
    return this.task;
  }

  finished(): void {
    this.task = null;
  }

  rewind(): void {
    if (this.last !== null) this.task = this.last.command();
  }
}

/** Somebody at a client: what is refused is refused. */
export class Call implements Lane {
  private isOver = false;

  constructor(
    readonly name: string,
    private readonly task: Task,
  ) {}

  current(): Task | null {
    return this.isOver ? null : this.task;
  }

  finished(): void {
    this.isOver = true;
  }
}
