import type { RecordMetadata } from './kafka-client';
import { NotPublished, Publisher, type BatchProducer } from './publisher';

interface Sent {
  readonly producer: number;
  readonly keys: readonly string[];
}

type Answer = (keys: readonly string[]) => Promise<RecordMetadata[]>;

/** Brokers as a script: one answer for each request; offsets that grow when the script is over. */
const brokersThat = (...script: Answer[]) => {
  const sent: Sent[] = [];
  let [producers, offset] = [0, 0];
  const growing: Answer = async () => [recorded(String((offset += 10)))];
  const make = (): BatchProducer => {
    const producer = ++producers;
    return {
      connect: async () => undefined,
      disconnect: async () => undefined,
      sendBatch: ({ topicMessages = [] }) => {
        const keys = topicMessages.flatMap(({ messages }) => messages.map(({ key }) => String(key)));
        sent.push({ producer, keys });
        return (script.shift() ?? growing)(keys);
      },
    };
  };
  return { sent, publisher: new Publisher(make) };
};

const recorded = (baseOffset: string): RecordMetadata => ({ topicName: 't', partition: 0, errorCode: 0, baseOffset });
const fail: Answer = () => Promise.reject(new Error('UNKNOWN_SERVER_ERROR'));
const message = (key: string, value = 'x') => ({ key, value, headers: {} });
const outcomes = async (promises: readonly Promise<void>[]) =>
  (await Promise.allSettled(promises)).map(({ status }) => status === 'fulfilled');

describe('publishing', () => {
  it('takes along in one request what came while another was under way, in the order of the calls', async () => {
    const { sent, publisher } = brokersThat();
    await Promise.all(['a', 'b', 'c', 'a'].map((key) => publisher.publish('t', message(key))));
    expect(sent.map(({ keys }) => keys)).toEqual([['a'], ['b', 'c', 'a']]);
  });

  it('keeps a request below what a broker takes at once', async () => {
    const { sent, publisher } = brokersThat();
    const large = 'x'.repeat(500_000);
    await Promise.all(['a', 'b', 'c'].map((key) => publisher.publish('t', message(key, large))));
    expect(sent.map(({ keys }) => keys)).toEqual([['a'], ['b'], ['c']]);
  });

  it('says what the brokers did not take, and never uses a producer that failed again', async () => {
    const { sent, publisher } = brokersThat(fail);
    await expect(publisher.publish('t', message('a'))).rejects.toThrow(NotPublished);
    await publisher.publish('t', message('a'));
    expect(sent.map(({ producer }) => producer)).toEqual([1, 2]);
  });

  it('takes an acknowledged offset that does not lie behind the last one for a failure', async () => {
    const twice: Answer = async () => [recorded('7')];
    const { sent, publisher } = brokersThat(twice, twice);
    await publisher.publish('t', message('a'));
    await expect(publisher.publish('t', message('b'))).rejects.toThrow('acknowledged offset 7 after 7');
    await publisher.publish('t', message('b'));
    expect(sent.map(({ producer }) => producer)).toEqual([1, 1, 2]);
  });

  it('refuses what waits behind a refused message of the same key, and nothing else', async () => {
    const { sent, publisher } = brokersThat(fail);
    const taken = await outcomes(['a', 'a', 'b'].map((key) => publisher.publish('t', message(key))));
    expect(taken).toEqual([false, false, true]);
    expect(sent.map(({ keys }) => keys)).toEqual([['a'], ['b']]);
  });

  it('sends one by one after a failure, so that one message cannot keep the others away', async () => {
    const poisoned: Answer = (keys) => (keys.includes('p') ? fail(keys) : Promise.resolve([]));
    const { sent, publisher } = brokersThat(...Array.from({ length: 6 }, () => poisoned));
    const together = ['0', 'a', 'p', 'b'].map((key) => publisher.publish('t', message(key)));
    expect(await outcomes(together)).toEqual([true, false, false, false]);
    const again = ['b', 'p', 'a'].map((key) => publisher.publish('t', message(key)));
    expect(await outcomes(again)).toEqual([true, false, false]);
    expect(await outcomes([publisher.publish('t', message('a'))])).toEqual([true]);
    expect(sent.map(({ keys }) => keys)).toEqual([['0'], ['a', 'p', 'b'], ['b'], ['p', 'a'], ['a']]);
  });

  it('connects anew after brokers that could not be reached', async () => {
    let tries = 0;
    const publisher = new Publisher(() => ({
      connect: () => (++tries < 2 ? Promise.reject(new Error('ECONNREFUSED')) : Promise.resolve()),
      disconnect: async () => undefined,
      sendBatch: async () => [recorded('0')],
    }));
    await expect(publisher.publish('t', message('a'))).rejects.toThrow('ECONNREFUSED');
    await expect(publisher.publish('t', message('a'))).resolves.toBeUndefined();
  });

  it('refuses what waits when it is closed, and lets what is under way end', async () => {
    let answer: () => void = () => undefined;
    const held: Answer = () => new Promise((resolve) => (answer = () => resolve([recorded('0')])));
    const { sent, publisher } = brokersThat(held);
    const publishing = outcomes(['a', 'b'].map((key) => publisher.publish('t', message(key))));
    await new Promise(setImmediate);
    const closing = publisher.close();
    answer();
    await closing;
    expect(await publishing).toEqual([true, false]);
    expect(sent).toHaveLength(1);
    await expect(publisher.publish('t', message('c'))).rejects.toThrow('the bus is closed');
  });
});
