import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { idUnder } from '@pim/engine';
import { Graph, guid, type GraphRequest } from '@pim/platform';
import { SeparatedPairDto } from './separated-pair.dto';
import { DeclarePairCommand, WithdrawPairCommand } from './separated-pair.handlers';
import { SeparatedPairs, type ShownPair } from './separated-pairs';

/** Roles that nobody may have together. Graph has no call for it, so this is a path of our own. */
@Controller('openpim/v1/separationOfDuty')
export class SeparationOfDutyController {
  constructor(
    private readonly commands: CommandBus,
    private readonly pairs: SeparatedPairs,
  ) {}

  @Get()
  async list(): Promise<{ readonly value: readonly ShownPair[] }> {
    return { value: await this.pairs.list() };
  }

  @Get(':id')
  get(@Param('id', guid) id: string): Promise<ShownPair> {
    return this.pairs.get(id);
  }

  @Post()
  @HttpCode(201)
  async declare(@Body() body: SeparatedPairDto, @Graph() { context }: GraphRequest): Promise<ShownPair> {
    const id = idUnder(context);
    const [one, other] = body.roleDefinitionIds;
    const roles = [one.toLowerCase(), other.toLowerCase()] as const;
    await this.commands.execute(new DeclarePairCommand(id, roles, body.reason, context));
    return this.pairs.get(id);
  }

  @Delete(':id')
  @HttpCode(204)
  async withdraw(@Param('id', guid) id: string, @Graph() { context }: GraphRequest): Promise<void> {
    await this.commands.execute(new WithdrawPairCommand(id, context));
  }
}
