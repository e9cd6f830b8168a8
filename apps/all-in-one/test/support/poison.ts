import type { Ports } from '@pim/platform';

type Event = Parameters<Ports['bus']['publish']>[0];

/** What a consumer is given instead of an event. */
export type Spoil = (event: Event) => Event;

/** One consumer gets events it cannot handle, until it is fixed. */
export class Poison {
  isFixed = false;

  constructor(
    private readonly group: string,
    private readonly spoil: Spoil,
  ) {}

  readonly through = ({ bus, ...others }: Ports): Ports => ({
    ...others,
    bus: {
      consume: (options, handle) =>
        bus.consume(options, (event) =>
          handle(options.group === this.group && !this.isFixed ? this.spoil(event) : event),
        ),
      publish: (event) => bus.publish(event),
      parked: () => bus.parked(),
      replay: (...a) => bus.replay(...a),
      close: () => bus.close(),
    },
  });
}
