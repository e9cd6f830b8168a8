import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import type { Instant } from '@pim/contracts';
import type { Parked } from '@pim/engine';
import { Graph, type GraphRequest } from '../graph/graph-request';
import { ParkedMessages, type Replayed } from './parked-messages';

/** An event that was set aside, as `/openpim/v1` shows it: what to look for, not what is in it. */
interface ParkedMessage {
  /** The consumer, `pim.<context>.<reaction>`. */
  readonly group: string;
  readonly eventId: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly reason: string;
  readonly since: Instant;
  readonly tries: number;
}

/** What consumers could not handle, for whoever has to look after it. */
@Controller('openpim/v1/parkedMessages')
export class ParkedMessagesController {
  constructor(private readonly parked: ParkedMessages) {}

  @Get()
  async list(): Promise<{ readonly value: readonly ParkedMessage[] }> {
    return { value: (await this.parked.list()).map(shown) };
  }

  @Post(':group/replay')
  @HttpCode(200)
  replayAll(@Param('group') group: string, @Graph() { context }: GraphRequest): Promise<Replayed> {
    return this.parked.replay({ group, eventId: null }, context);
  }

  @Post(':group/:eventId/replay')
  @HttpCode(200)
  replayOne(
    @Param('group') group: string,
    @Param('eventId') eventId: string,
    @Graph() { context }: GraphRequest,
  ): Promise<Replayed> {
    return this.parked.replay({ group, eventId }, context);
  }
}

const shown = ({ group, event, reason, since, tries }: Parked): ParkedMessage => ({
  group,
  eventId: event.id,
  type: event.type,
  stream: event.stream,
  revision: event.revision,
  reason,
  since,
  tries,
});
