import type { BatchStep } from './batch-plan';
import { runBatch } from './run-batch';

const step = (id: string, ...dependsOn: string[]): BatchStep => ({
  id,
  method: 'GET',
  path: '/v1.0/me',
  headers: {},
  body: undefined,
  dependsOn,
});

const answering = (statuses: Readonly<Record<string, number>>) => {
  const sent: string[] = [];
  const send = async ({ id }: BatchStep) => {
    sent.push(`${id} begins`);
    await new Promise(setImmediate);
    sent.push(`${id} ends`);
    return { id, status: statuses[id] ?? 200, headers: {} };
  };
  return { sent, send };
};

describe('carrying out a batch', () => {
  it('waits for what a request depends on, and for nothing else', async () => {
    const { sent, send } = answering({});
    await runBatch([step('a'), step('b'), step('c', 'a')], send);
    expect(sent.slice(0, 2)).toEqual(['a begins', 'b begins']);
    expect(sent.indexOf('c begins')).toBeGreaterThan(sent.indexOf('a ends'));
  });

  it('does not send what depends on a failure, near or far', async () => {
    const { sent, send } = answering({ a: 400 });
    const answers = await runBatch([step('a'), step('b'), step('c', 'a', 'b'), step('d', 'c')], send);
    expect(answers.map(({ id, status }) => [id, status])).toEqual([
      ['a', 400],
      ['b', 200],
      ['c', 424],
      ['d', 424],
    ]);
    expect(sent).not.toContain('c begins');
    expect(answers[3]?.body).toMatchObject({ error: { code: 'FailedDependency' } });
  });
});
