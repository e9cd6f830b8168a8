import type { Actor, DelegationEvent, Instant } from '@pim/contracts';
import { Rejection, type Decider, type DomainCommand } from '@pim/kernel';

/** One time for which somebody answers for somebody else. */
export interface Delegation {
  readonly delegationId: string;
  readonly delegateId: string;
  readonly end: Instant;
}

/** What one approver has delegated and not taken back; some may be over. */
export type Delegations = readonly Delegation[];

/** Lets somebody answer for `by` for a while. `isDelegateKnown`: whether that is a user who can sign in. */
export type StartDelegation = DomainCommand<
  'StartDelegation',
  {
    delegationId: string;
    delegateId: string;
    isDelegateKnown: boolean;
    start: Instant;
    end: Instant;
    justification: string;
    by: Actor;
    now: Instant;
  }
>;

/** Takes it back. Repeated, or when it is over: silence. */
export type EndDelegation = DomainCommand<
  'EndDelegation',
  { delegationId: string; delegatorId: string; by: Actor; now: Instant }
>;

export type DelegationCommand = StartDelegation | EndDelegation;

/** Nobody hands over their duties for longer. */
const longestMs = 90 * 24 * 60 * 60_000;

/** More at one time help nobody. */
const most = 20;

const evolve = (delegations: Delegations, { type, data }: DelegationEvent): Delegations => {
  const { delegationId } = data;
  const others = delegations.filter((one) => one.delegationId !== delegationId);
  if (type === 'DelegationEnded') return others;
  // What was over before this one began is of no use any more: the stream may be long, the state is not.
  const { delegateId, end, at } = data;
  return [...others.filter((one) => one.end > at), { delegationId, delegateId, end }];
};

const invalid = (message: string) => new Rejection('invalid', 'BadRequest', message);

const refuseTimes = ({ start, end, now }: StartDelegation['data']): void => {
  if (end <= start || end <= now) throw invalid('The delegation must end after it starts, and in the future.');
  if (Date.parse(end) - Date.parse(start) > longestMs) throw invalid('A delegation lasts 90 days at most.');
};

const startIt = (command: StartDelegation['data'], delegations: Delegations): readonly DelegationEvent[] => {
  const { delegationId, delegateId, isDelegateKnown, start, end, justification, by, now } = command;
  if (delegations.some((one) => one.delegationId === delegationId)) return [];
  if (by.kind !== 'user') throw new Rejection('forbidden', 'Authorization_RequestDenied', 'Only people approve.');
  if (delegateId === by.id) throw invalid('Name somebody else: nobody delegates to themselves.');
  if (!isDelegateKnown) throw invalid(`There is no user ${delegateId} who can sign in. Name one who can.`);
  refuseTimes(command);
  if (delegations.filter((one) => one.end > now).length >= most)
    throw invalid(`You have ${most} delegations already. End one first.`);
  return [
    {
      type: 'DelegationStarted',
      data: { delegationId, delegatorId: by.id, delegateId, start, end, justification, by, at: now },
    },
  ];
};

const endIt = (
  { delegationId, delegatorId, by, now }: EndDelegation['data'],
  delegations: Delegations,
): readonly DelegationEvent[] => {
  const found = delegations.find((one) => one.delegationId === delegationId);
  if (!found || found.end <= now) return [];
  const { delegateId } = found;
  return [{ type: 'DelegationEnded', data: { delegationId, delegatorId, delegateId, by, at: now } }];
};

/** Stream `delegation-<delegatorId>`: to whom somebody hands over what is theirs to approve, and until when. */
export const delegation: Decider<Delegations, DelegationCommand, DelegationEvent> = {
  initial: [],
  evolve,
  decide: (command, delegations) =>
    command.type === 'StartDelegation' ? startIt(command.data, delegations) : endIt(command.data, delegations),
};
