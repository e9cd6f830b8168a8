import { Controller, Get, HttpCode, Inject, Injectable, Param, Post } from '@nestjs/common';
import type { ReadModelState, Rebuilder } from '@pim/engine';
import { ApiError } from './auth';
import type { Log } from './observe/log';
import { LOG } from './tokens';

/** Folds read models anew; filled in once the loops run. */
@Injectable()
export class Rebuilds {
  rebuilder: Pick<Rebuilder, 'states' | 'rebuild'> | null = null;
}

/** A read model as `/openpim/v1` shows it. */
interface ReadModel {
  /** `<context>.<readModel>` */
  readonly id: string;
  /** Counts the rebuilds: the one that answers. */
  readonly generation: number;
  /** How far the next one has come; null when none is being built by this process. */
  readonly rebuild: { readonly percent: number } | null;
  readonly hasFailed: boolean;
}

/** What is derived from the log, and how to derive it again while it is in use. */
@Controller('openpim/v1/readModels')
export class ReadModelsController {
  constructor(
    @Inject(Rebuilds) private readonly rebuilds: Rebuilds,
    @Inject(LOG) private readonly log: Log,
  ) {}

  @Get()
  list(): { readonly value: readonly ReadModel[] } {
    return { value: this.all() };
  }

  @Get(':id')
  one(@Param('id') id: string): ReadModel {
    const found = this.all().find((one) => one.id === id);
    if (found) return found;
    throw new ApiError(
      404,
      'Request_ResourceNotFound',
      'There is no such read model. List them to see which there are.',
    );
  }

  /** Begins; a second call while it goes on begins nothing. Readers see the old documents until the new ones are complete. */
  @Post(':id/rebuild')
  @HttpCode(202)
  rebuild(@Param('id') id: string): ReadModel {
    this.one(id);
    this.rebuilder
      .rebuild(id)
      .catch((error: unknown) =>
        this.log.error({ err: error }, `${id} was not rebuilt; the documents that were there answer on`),
      );
    return this.one(id);
  }

  private get rebuilder(): Pick<Rebuilder, 'states' | 'rebuild'> {
    const { rebuilder } = this.rebuilds;
    if (rebuilder) return rebuilder;
    throw new ApiError(503, 'ServiceUnavailable', 'The process is starting. Try again.', { 'Retry-After': '1' });
  }

  private all(): readonly ReadModel[] {
    return this.rebuilder.states().map(shown);
  }
}

const shown = ({ collection, generation, rebuild, hasFailed }: ReadModelState): ReadModel => ({
  id: collection,
  generation,
  rebuild: rebuild && { percent: percentOf(rebuild) },
  hasFailed,
});

/** What is written while it goes on is beyond the end that it began with. */
const percentOf = ({ position, until }: NonNullable<ReadModelState['rebuild']>): number =>
  until === 0n ? 0 : Math.min(100, Number((position * 100n) / until));
