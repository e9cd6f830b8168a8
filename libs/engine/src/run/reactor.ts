import { Rejection } from '@pim/kernel';
import type { Bus } from '../ports/bus';
import type { RecordedEvent } from '../ports/event-store';
import { systemActor, type CommandContext } from './aggregate';
import { current } from './event-codec';
import type { Reaction } from './reaction';

export interface ReactionsOptions {
  readonly bus: Pick<Bus, 'consume'>;
  /** The bounded context: part of the consumer groups' names. */
  readonly context: string;
  readonly reactions: readonly Reaction[];
  readonly dispatch: (command: object) => Promise<unknown>;
  /** Told of every command that the rules refused: for a reaction that is a final answer. */
  readonly onRejected?: (rejection: Rejection, reaction: string, recorded: RecordedEvent) => void;
}

/** The consumer group of a reaction. */
export const groupOf = (context: string, { name }: Pick<Reaction, 'name'>): string => `pim.${context}.${name}`;

/**
 * Starts one consumer group per reaction, `pim.<context>.<reaction>`, on the category it looks at. Commands of one event
 * are given one after another. Anything but a `Rejection` goes back to the bus, which tries again and in the end parks;
 * the commands before the one that failed are then given twice, under the same ids.
 */
export const startReactions = async (options: ReactionsOptions): Promise<void> => {
  for (const reaction of options.reactions) {
    const group = groupOf(options.context, reaction);
    await options.bus.consume({ group, categories: [reaction.source.category] }, (recorded) =>
      handle(options, reaction, recorded),
    );
  }
};

const handle = async (options: ReactionsOptions, reaction: Reaction, recorded: RecordedEvent): Promise<void> => {
  const event = current(reaction.source, recorded);
  for (const command of reaction.react(event, contextOf(reaction.name, recorded), recorded)) {
    try {
      await options.dispatch(command);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      options.onRejected?.(error, reaction.name, recorded);
    }
  }
};

const contextOf = (name: string, { id, metadata }: RecordedEvent): CommandContext => ({
  commandId: `${id}:${name}`,
  correlationId: metadata.correlationId,
  actor: systemActor(`reaction/${name}`),
  authentication: null,
  ...(metadata.traceparent ? { traceparent: metadata.traceparent } : {}),
});
