import { Rejection } from '@pim/kernel';
import { inMemoryEventStore } from '../contract/in-memory-event-store';
import { InMemoryLog } from '../contract/in-memory-log';
import { systemActor, type CommandContext } from './aggregate';
import { createJournal } from './create-journal';
import type { Reaction } from './reaction';
import { startReactions } from './reactor';
import { startRelay } from './relay';
import { accountAggregate, accountStream, accountView, deposit, type AccountEvent } from './spec/account';
import { checkpointsInMemory, directBus, fact, record } from './spec/doubles';

interface Ask {
  readonly id: string;
  readonly amount: number;
  readonly context: CommandContext;
}

/** Whatever is withdrawn from one account goes to the account `savings`; a fee goes to `bank`. */
const payOut: Reaction<AccountEvent, Ask> = {
  name: 'pay-out',
  source: accountStream,
  react: (event, context) =>
    event.type === 'Withdrawn'
      ? [
          { id: 'savings', amount: event.data.amount, context: { ...context, commandId: `${context.commandId}:0` } },
          { id: 'bank', amount: 1, context: { ...context, commandId: `${context.commandId}:1` } },
        ]
      : [],
};

const opened = async (log = new InMemoryLog()) => {
  const eventStore = inMemoryEventStore(log);
  const journal = createJournal({ eventStore });
  const bus = directBus();
  const dispatch = async (command: object) => {
    const { id, amount, context } = command as Ask;
    await journal.execute(accountAggregate, id, deposit(amount), context);
  };
  return { log, eventStore, journal, bus, dispatch };
};
const [withdrawn] = [fact('Withdrawn', { amount: 5 })];
const recorded = {
  ...withdrawn,
  stream: 'account-1',
  revision: 0,
  position: 1n,
  recordedAt: '2026-03-01T09:00:00.000Z',
};

describe('reactions', () => {
  it('have one consumer group each, named after context and reaction', async () => {
    const { bus, dispatch } = await opened();
    const reactions = [payOut, { ...payOut, name: 'watch-accounts' }];
    await startReactions({ bus, context: 'requests', reactions, dispatch });
    expect(bus.groups).toEqual(['pim.requests.pay-out', 'pim.requests.watch-accounts']);
  });

  it('ask under ids derived from the event, in its correlation, as the system', async () => {
    const asked: Ask[] = [];
    const { bus } = await opened();
    const dispatch = async (command: object) => asked.push(command as Ask);
    await startReactions({ bus, context: 'requests', reactions: [payOut], dispatch });
    await bus.publish(recorded);
    expect(asked.map(({ context }) => context.commandId)).toEqual([
      `${withdrawn.id}:pay-out:0`,
      `${withdrawn.id}:pay-out:1`,
    ]);
    expect(asked[0]?.context).toMatchObject({
      correlationId: withdrawn.metadata.correlationId,
      actor: systemActor('reaction/pay-out'),
      authentication: null,
    });
  });

  it('change nothing when the event comes again', async () => {
    const { bus, dispatch, journal } = await opened();
    await startReactions({ bus, context: 'requests', reactions: [payOut], dispatch });
    for (let n = 0; n < 3; n++) await bus.publish(recorded);
    expect((await journal.load(accountView, 'savings')).state).toMatchObject({ balance: 5, entries: 1 });
    expect((await journal.load(accountView, 'bank')).state).toMatchObject({ balance: 1, entries: 1 });
  });

  it('take a Rejection for an answer, and go on with the next command', async () => {
    const { bus } = await opened();
    const told: unknown[] = [];
    let asked = 0;
    const dispatch = async () => {
      if (asked++ === 0) throw new Rejection('conflict', 'account/locked', 'Unlock it first.');
    };
    const onRejected = (rejection: Rejection, reaction: string) => told.push([rejection.code, reaction]);
    await startReactions({ bus, context: 'requests', reactions: [payOut], dispatch, onRejected });
    await bus.publish(recorded);
    expect(told).toEqual([['account/locked', 'pay-out']]);
    expect(asked).toBe(2);
  });

  it('leave any other failure to the bus; what was done before it is not done twice', async () => {
    const { bus, dispatch, journal } = await opened();
    let failures = 1;
    const moody = async (command: object) => {
      if ((command as Ask).id === 'bank' && failures-- > 0) throw new Error('the store is down');
      await dispatch(command);
    };
    await startReactions({ bus, context: 'requests', reactions: [payOut], dispatch: moody });
    await expect(bus.publish(recorded)).rejects.toThrow('the store is down');
    await bus.publish(recorded);
    expect((await journal.load(accountView, 'savings')).state).toMatchObject({ balance: 5, entries: 1 });
    expect((await journal.load(accountView, 'bank')).state).toMatchObject({ balance: 1, entries: 1 });
  });

  it('leave an event of a later release to the bus', async () => {
    const { bus, dispatch } = await opened();
    await startReactions({ bus, context: 'requests', reactions: [payOut], dispatch });
    await expect(bus.publish({ ...recorded, version: 2 })).rejects.toThrow('account-1 holds Withdrawn v2');
  });

  it('end in the same state after a crash between the append and the checkpoint, however often', async () => {
    const log = new InMemoryLog();
    const checkpoints = checkpointsInMemory();
    for (let n = 0; n < 6; n++) await record(inMemoryEventStore(log), `account-${n % 3}`, 'Withdrawn', { amount: n });
    for (const isKilled of [true, true, false]) {
      const { eventStore, bus, dispatch } = await opened(log);
      await startReactions({ bus, context: 'requests', reactions: [payOut], dispatch });
      const save = isKilled ? async () => Promise.reject(new Error('killed')) : checkpoints.save.bind(checkpoints);
      const options = { eventStore, bus, name: 'spec.relay', categories: ['account'] };
      const relay = await startRelay({ ...options, checkpoints: { load: checkpoints.load.bind(checkpoints), save } });
      await relay.caughtUp();
      await relay.stop();
    }
    const { journal } = await opened(log);
    expect((await journal.load(accountView, 'savings')).state).toMatchObject({ balance: 15, entries: 6 });
    expect((await journal.load(accountView, 'bank')).state).toMatchObject({ balance: 6, entries: 6 });
    expect(checkpoints.saved.get('spec.relay')).toBe(18n);
  });
});
