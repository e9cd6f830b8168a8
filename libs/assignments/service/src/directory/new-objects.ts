import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { PrincipalType } from '@pim/contracts';
import { idUnder, type CommandContext } from '@pim/engine';
import { RegisterPrincipalCommand, type NewPrincipal } from '../principals/register-principal.handler';

/** What a new object is taken to be that nothing was said about. */
export const nothing = {
  userPrincipalName: null,
  mail: null,
  appId: null,
  appRoles: [],
  isAssignableToRole: false,
  accountEnabled: true,
};

/** What is said of a new object. */
export type About = Partial<Omit<NewPrincipal, 'principalId' | 'principalType'>> & { readonly displayName: string };

/** Enters new objects into the directory, under ids of their own. */
@Injectable()
export class NewObjects {
  constructor(private readonly commands: CommandBus) {}

  /** The new object's id. Throws as `RegisterPrincipalCommand`. */
  async add(principalType: PrincipalType, about: About, context: CommandContext): Promise<string> {
    const principalId = idUnder(context);
    const principal = { ...nothing, ...about, principalId, principalType };
    await this.commands.execute(new RegisterPrincipalCommand(principal, context));
    return principalId;
  }
}
