import { Turns } from './turns';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  const begin = async (turns: Turns, key: string, names: string[], name: string): Promise<() => void> => {
    const end = await turns.take(key);
    names.push(name);
    return end;
  };

  it('come one after another for one key, in the order of asking', async () => {
    const turns = new Turns();
    const begun: string[] = [];
    const ends = ['a', 'b', 'c'].map((name) => begin(turns, 'key', begun, name));
    await settled();
    expect(begun).toEqual(['a']);
    (await ends[0])?.();
    await settled();
    expect(begun).toEqual(['a', 'b']);
    (await ends[1])?.();
    await ends[2];
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  it('do not wait for other keys', async () => {
    const turns = new Turns();
    await turns.take('one');
    await turns.take('other');
    expect(turns.size).toBe(2);
  });

  it('end once: a second end lets nobody in before the one whose turn it is has ended', async () => {
    const turns = new Turns();
    const begun: string[] = [];
    const first = await turns.take('key');
    const second = begin(turns, 'key', begun, 'second');
    const third = begin(turns, 'key', begun, 'third');
    first();
    first();
    await settled();
    expect(begun).toEqual(['second']);
    (await second)();
    (await third)();
    expect(begun).toEqual(['second', 'third']);
  });

  it('leave nothing behind', async () => {
    const turns = new Turns();
    const ends = [turns.take('key'), turns.take('key'), turns.take('other')];
    for (const end of ends) (await end)();
    expect(turns.size).toBe(0);
  });
});
