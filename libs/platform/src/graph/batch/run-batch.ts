import type { BatchStep } from './batch-plan';

/** What came of one request. */
export interface BatchAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const skipped = ({ id }: BatchStep): BatchAnswer => ({
  id,
  status: 424,
  headers: { 'Content-Type': 'application/json' },
  body: {
    error: {
      code: 'FailedDependency',
      message: 'This request was not carried out, because one that it depends on failed.',
    },
  },
});

/**
 * Carries out the steps of a plan, each as soon as what it depends on is answered, the others beside it; one whose
 * dependency failed is answered 424 and not sent. Answers come in the order of the steps.
 */
export const runBatch = async (
  steps: readonly BatchStep[],
  send: (step: BatchStep) => Promise<BatchAnswer>,
): Promise<readonly BatchAnswer[]> => {
  const answers = new Map<string, Promise<BatchAnswer>>();
  const answerOf = async (step: BatchStep): Promise<BatchAnswer> => {
    const before = await Promise.all(step.dependsOn.map((id) => answers.get(id)));
    return before.every((answer) => answer !== undefined && answer.status < 400) ? send(step) : skipped(step);
  };
  for (const step of steps) answers.set(step.id, answerOf(step));
  return Promise.all(answers.values());
};
