import type { PrincipalEvent } from '@pim/contracts';
import type { Decider } from '@pim/kernel';
import { absent, evolvePrincipal, type PrincipalState } from './principal';
import * as account from './principal.account.decide';
import { settleNaming, type SettleNaming } from './principal.approver-group.decide';
import * as life from './principal.life.decide';
import * as member from './principal.member.decide';

type LifeCommand = life.RegisterPrincipal | life.ChangeAttributes | life.DeletePrincipal;

type MemberCommand =
  | member.AddGroupMember
  | member.RemoveGroupMember
  | member.TakeBackMember
  | member.AddGroupOwner
  | member.RemoveGroupOwner;

type AccountCommand =
  account.RequestDisable | account.DisablePrincipal | account.RefuseDisable | account.EnablePrincipal;

export type PrincipalCommand = LifeCommand | MemberCommand | AccountCommand | SettleNaming;

const decideMember = (command: MemberCommand, state: PrincipalState): readonly PrincipalEvent[] => {
  switch (command.type) {
    case 'AddGroupMember':
      return member.addMember(command.data, state);
    case 'RemoveGroupMember':
      return member.removeMember(command.data, state);
    case 'TakeBackMember':
      return member.takeBackMember(command.data, state);
    case 'AddGroupOwner':
      return member.addOwner(command.data, state);
    case 'RemoveGroupOwner':
      return member.removeOwner(command.data, state);
  }
};

const decideAccount = (command: AccountCommand, state: PrincipalState): readonly PrincipalEvent[] => {
  switch (command.type) {
    case 'RequestDisable':
      return account.requestDisable(command.data, state);
    case 'DisablePrincipal':
      return account.disable(command.data, state);
    case 'RefuseDisable':
      return account.refuseDisable(command.data, state);
    case 'EnablePrincipal':
      return account.enable(command.data, state);
  }
};

const isMemberCommand = (command: MemberCommand | AccountCommand): command is MemberCommand =>
  /^(?:AddGroup|RemoveGroup|TakeBack)/.test(command.type);

const decide = (command: PrincipalCommand, state: PrincipalState): readonly PrincipalEvent[] => {
  switch (command.type) {
    case 'RegisterPrincipal':
      return life.register(command.data, state);
    case 'ChangeAttributes':
      return life.changeAttributes(command.data, state);
    case 'DeletePrincipal':
      return life.deletePrincipal(command.data, state);
    case 'SettleNaming':
      return settleNaming(command.data, state);
    default:
      return isMemberCommand(command) ? decideMember(command, state) : decideAccount(command, state);
  }
};

/**
 * One user, group, service principal or administrative unit. All but registering needs it to be known, else
 * `Request_ResourceNotFound`.
 */
export const principal: Decider<PrincipalState, PrincipalCommand, PrincipalEvent> = {
  initial: absent,
  evolve: evolvePrincipal,
  decide,
};
