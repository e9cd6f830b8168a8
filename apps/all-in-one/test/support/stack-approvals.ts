import { activation, assignmentRequests, id, role, type Answer } from './server';
import type { TestStack } from './stack';
import { until } from './until';

const approvals = '/beta/roleManagement/directory/roleAssignmentApprovals';

interface Step {
  readonly id: string;
  readonly requestDigest: string;
}

/** Requests of Frank that somebody has to approve, and the answers of approvers. */
class Asking {
  constructor(private readonly stack: TestStack) {}

  /** The id of a request, once the service of approvals has it. */
  async ask(): Promise<string> {
    const wanted = activation(id.frank, role.securityAdministrator);
    // The request before it has ended where it was answered, and ends in the service of requests a moment later.
    const { body } = await until(
      () => this.stack.call('frank', 'POST', assignmentRequests, wanted),
      ({ status }) => status === 201,
    );
    expect(body['status']).toBe('PendingApproval');
    await this.step(String(body['id']));
    return String(body['id']);
  }

  async step(requestId: string): Promise<Step> {
    const { body } = await until(
      () => this.stack.call('alice', 'GET', `${approvals}/${requestId}/steps`),
      ({ status }) => status === 200,
    );
    return (body.value as unknown as readonly [Step])[0];
  }

  answer(who: string, requestId: string, reviewResult: string, more: object = {}): Promise<Answer> {
    const body = { reviewResult, justification: 'Known change', ...more };
    return this.stack.call(who, 'PATCH', `${approvals}/${requestId}/steps/${requestId}`, body);
  }

  ended(requestId: string, status: string): Promise<unknown> {
    return until(
      () => this.stack.call('sam', 'GET', `${assignmentRequests}/${requestId}`),
      ({ body }) => body['status'] === status,
    );
  }
}

/** Two approvers answer at once: one is heard, and the other told so. In one process this runs 200 times. */
export const hasOneWinner = async (stack: TestStack): Promise<void> => {
  const asking = new Asking(stack);
  for (let round = 0; round < 20; round += 1) {
    const requestId = await asking.ask();
    const answers = await Promise.all(['alice', 'bob'].map((who) => asking.answer(who, requestId, 'Deny')));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    await asking.ended(requestId, 'Denied');
  }
};

/** What may not be answered: by whoever asked, about something else than was shown, after a no, and after a withdrawal. */
export const refusesLateAndWrongAnswers = async (stack: TestStack): Promise<void> => {
  const asking = new Asking(stack);
  const requestId = await asking.ask();
  const statusOf = async (answer: Promise<Answer>): Promise<number> => (await answer).status;
  expect(await statusOf(asking.answer('frank', requestId, 'Approve'))).toBe(403);
  const other = { requestDigest: 'a'.repeat((await asking.step(requestId)).requestDigest.length) };
  expect(await statusOf(asking.answer('alice', requestId, 'Approve', other))).toBe(409);
  expect(await statusOf(asking.answer('alice', requestId, 'Deny'))).toBe(204);
  expect(await statusOf(asking.answer('bob', requestId, 'Approve'))).toBe(409);
  await asking.ended(requestId, 'Denied');
  const withdrawn = await asking.ask();
  expect(await statusOf(stack.call('frank', 'POST', `${assignmentRequests}/${withdrawn}/cancel`))).toBe(204);
  const late = await until(
    () => asking.answer('bob', withdrawn, 'Approve', other),
    ({ status }) => status === 400,
  );
  expect(late.body.error?.message).toContain('withdrawn');
  await asking.ended(withdrawn, 'Canceled');
};
