import { contract, type StreamContract } from '@pim/contracts';
import { Rejection, type Decider, type DomainCommand, type DomainEvent } from '@pim/kernel';
import { systemActor, type Aggregate, type CommandContext, type StreamView } from '../aggregate';

/** A small aggregate to run the loops with. */
export type AccountEvent =
  | DomainEvent<'Deposited', { amount: number; currency: string }>
  | DomainEvent<'Withdrawn', { amount: number }>
  | DomainEvent<'Locked', { until: string }>
  | DomainEvent<'Unlocked', object>;

export type AccountCommand =
  | DomainCommand<'Deposit', { amount: number; note?: string }>
  | DomainCommand<'Withdraw', { amount: number }>
  | DomainCommand<'Lock', { until: string }>
  | DomainCommand<'Unlock', object>;

export interface Account {
  readonly balance: number;
  readonly entries: number;
  readonly lockedUntil: string | null;
}

export const accountStream: StreamContract<AccountEvent['type']> = {
  category: 'account',
  context: 'assignments',
  events: [
    // v1 knew one currency only.
    contract('Deposited', (v1: { amount: number }) => ({ ...v1, currency: 'EUR' })),
    contract('Withdrawn'),
    contract('Locked'),
    contract('Unlocked'),
  ],
};

const evolve = (state: Account, { type, data }: AccountEvent): Account => {
  switch (type) {
    case 'Deposited':
      return { ...state, balance: state.balance + data.amount, entries: state.entries + 1 };
    case 'Withdrawn':
      return { ...state, balance: state.balance - data.amount, entries: state.entries + 1 };
    case 'Locked':
      return { ...state, lockedUntil: data.until };
    case 'Unlocked':
      return { ...state, lockedUntil: null };
  }
};

const decide = ({ type, data }: AccountCommand, state: Account): readonly AccountEvent[] => {
  switch (type) {
    case 'Deposit':
      return [{ type: 'Deposited', data: { currency: 'EUR', ...data } }];
    case 'Withdraw':
      if (data.amount > state.balance) throw new Rejection('conflict', 'account/too-little', 'Withdraw less.');
      return [{ type: 'Withdrawn', data }];
    case 'Lock':
      return [{ type: 'Locked', data }];
    case 'Unlock':
      return state.lockedUntil === null ? [] : [{ type: 'Unlocked', data: {} }];
  }
};

export const account: Decider<Account, AccountCommand, AccountEvent> = {
  initial: { balance: 0, entries: 0, lockedUntil: null },
  evolve,
  decide,
};

export const accountAggregate: Aggregate<Account, AccountCommand, AccountEvent> = {
  stream: accountStream,
  decider: account,
};
export const accountView: StreamView<Account, AccountEvent> = { stream: accountStream, view: account };

export const deposit = (amount: number): AccountCommand => ({ type: 'Deposit', data: { amount } });
export const withdraw = (amount: number): AccountCommand => ({ type: 'Withdraw', data: { amount } });

let count = 0;
/** A context under a command id of its own, or under this one. */
export const asking = (commandId = `command-${++count}`): CommandContext => ({
  commandId,
  correlationId: `correlation-of-${commandId}`,
  actor: systemActor('spec'),
  authentication: null,
});

/** Waits until something becomes true; fails by the test's own time limit. */
export const eventually = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 1));
};

/** Lets everything that waits for nothing but its turn go on. */
export const turns = async (times = 20): Promise<void> => {
  for (let n = 0; n < times; n++) await new Promise((resolve) => setImmediate(resolve));
};
