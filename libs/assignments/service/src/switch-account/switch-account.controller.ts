import { Body, Controller, HttpCode, Param, Patch } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Graph, graphPaths, type GraphRequest } from '@pim/platform';
import { SwitchAccountDto } from './switch-account.dto';
import { SwitchAccountCommand } from './switch-account.handler';
import { SwitchingRights } from './switching-rights';

@Controller(graphPaths('users'))
export class SwitchAccountController {
  constructor(
    private readonly commands: CommandBus,
    private readonly rights: SwitchingRights,
  ) {}

  @Patch(':id')
  @HttpCode(204)
  async patch(@Param('id') id: string, @Body() body: SwitchAccountDto, @Graph() request: GraphRequest): Promise<void> {
    await this.rights.require(id, request.caller);
    await this.commands.execute(new SwitchAccountCommand(id, body.accountEnabled, request.context));
  }
}
