import { setTimeout } from 'node:timers/promises';
import { readBuiltInRoles } from '../../src/demo-tenant';
import { scheduleIdOf, typesOf } from './log';
import {
  activation,
  assignment,
  assignmentInstances,
  assignmentRequests,
  eligibilityRequests,
  id,
  role,
} from './server';
import type { TestStack } from './stack';
import { until } from './until';
import type { Witness } from './witness';

const people = ['erin', 'frank', 'grace', 'heidi', 'alice', 'bob'] as const;

/** Who wants to activate what. */
export interface Wish {
  readonly who: (typeof people)[number];
  readonly roleDefinitionId: string;
}

const named: readonly string[] = Object.values(role);
const plainRoles = readBuiltInRoles()
  .map(({ templateId }) => templateId)
  .filter((roleId) => !named.includes(roleId));

/** Some eight hundred, each once; nobody is eligible for any of them yet. */
export const wishes = (): readonly Wish[] =>
  plainRoles.flatMap((roleDefinitionId) => people.map((who) => ({ who, roleDefinitionId })));

/** These two are eligible from the start, and alice or bob has to agree. */
export const wishesWithApproval: readonly Wish[] = (['erin', 'frank'] as const).map((who) => ({
  who,
  roleDefinitionId: role.securityAdministrator,
}));

const standing = 'roleManagement/directory/roleAssignments';

const hasEnded = (status: unknown): boolean =>
  ['Provisioned', 'Revoked', 'Denied', 'Failed', 'Canceled'].includes(String(status));

/** Clients of a stack that want something done, once, and do not give up. */
export class Activations {
  constructor(
    private readonly stack: TestStack,
    private readonly witness: Witness,
  ) {}

  /** Makes people eligible for what they want. */
  async prepare(all: readonly Wish[]): Promise<void> {
    await inTurns(all, 6, (wish) => this.makeEligible(wish));
  }

  async makeEligible({ who, roleDefinitionId }: Wish): Promise<void> {
    const order = assignment('adminAssign', id[who], roleDefinitionId);
    const requestId = await this.ask('ada', eligibilityRequests, order);
    expect(await this.outcome(eligibilityRequests, requestId)).toBe('Provisioned');
  }

  /** Asks, and has it approved where that is needed; resolves with the id when nothing but the outcome is missing. */
  async activate({ who, roleDefinitionId }: Wish, duration = 'PT1H'): Promise<string> {
    const scheduleInfo = { expiration: { type: 'afterDuration', duration } };
    const requestId = await this.ask(who, assignmentRequests, activation(id[who], roleDefinitionId, { scheduleInfo }));
    if (roleDefinitionId === role.securityAdministrator) await this.approve(requestId);
    return requestId;
  }

  /** Gives somebody a role outside PIM and takes it away; resolves when it is gone. */
  async giveAndTake({ who, roleDefinitionId }: Wish): Promise<void> {
    const order = { principalId: id[who], roleDefinitionId, directoryScopeId: '/' };
    const given = await this.stack.insist('ada', 'POST', standing, order);
    expect([given.status, given.body.error ?? null]).toEqual([201, null]);
    const mine = `${assignmentInstances}?$filter=principalId eq '${id[who]}' and roleDefinitionId eq '${roleDefinitionId}'`;
    const { body } = await this.stack.insist('sam', 'GET', mine);
    expect(body.value).toHaveLength(1);
    const taken = await this.stack.insist('ada', 'DELETE', `${standing}/${String(given.body['id'])}`);
    // Sent again after an answer that was lost, there is nothing left to take.
    expect([204, 404]).toContain(taken.status);
    this.witness.toldEnded(String(body.value?.[0]?.['roleAssignmentScheduleId']));
  }

  /** Every one of them came to its one right end: asked for once, provisioned once, and granted once. */
  async expectProvisionedOnce(requestIds: readonly string[]): Promise<void> {
    for (const requestId of requestIds) expect(await this.outcome(assignmentRequests, requestId)).toBe('Provisioned');
    const log = await this.witness.log();
    for (const requestId of requestIds) {
      // That it was approved is not recorded again when the grant it led to was heard of first.
      const request = typesOf(log, `request-${requestId}`).filter((type) => type !== 'RequestApproved');
      const schedule = log.filter((event) => event.type === 'AssignmentGranted' && scheduleIdOf(event) === requestId);
      expect([request, schedule.length]).toEqual([['RequestSubmitted', 'RequestProvisioned'], 1]);
    }
  }

  /** The state in which a request came to its end. */
  async outcome(path: string, requestId: string): Promise<unknown> {
    const { body } = await until(
      () => this.stack.call('sam', 'GET', `${path}/${requestId}`),
      ({ status, body: found }) => status === 200 && hasEnded(found['status']),
    );
    return body['status'];
  }

  private async ask(who: string, path: string, body: object): Promise<string> {
    const answer = await this.stack.insist(who, 'POST', path, body);
    expect([answer.status, answer.body.error ?? null]).toEqual([201, null]);
    const requestId = String(answer.body['id']);
    this.witness.told(`request-${requestId}`, 'RequestSubmitted');
    return requestId;
  }

  private async approve(requestId: string): Promise<void> {
    const path = `/beta/roleManagement/directory/roleAssignmentApprovals/${requestId}`;
    const isOpen = async (): Promise<boolean> => (await this.stack.insist('alice', 'GET', path)).status === 200;
    await until(isOpen, Boolean);
    const decision = { reviewResult: 'Approve', justification: 'Known change' };
    const { status } = await this.stack.insist('alice', 'PATCH', `${path}/steps/${requestId}`, decision);
    // Asked again after an answer that was lost, it is a conflict with the answer that was recorded.
    if (status === 204) this.witness.told(`approval-${requestId}`, 'ApprovalGranted');
  }
}

/** Does something to each of a list, so many at a time. */
export const inTurns = async <T>(
  all: readonly T[],
  atATime: number,
  work: (one: T) => Promise<void>,
): Promise<void> => {
  const left = [...all];
  const worker = async (): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
};

/** Does something again and again while other work goes on; resolves with what that work resolves with. */
export const meanwhile = async <T>(work: Promise<T>, again: () => Promise<void>, pauseMs: number): Promise<T> => {
  let isOver = false;
  const over = work.finally(() => (isOver = true));
  const repeating = (async () => {
    while (!isOver) {
      await again();
      await setTimeout(pauseMs);
    }
  })();
  const [result] = await Promise.all([over, repeating]);
  return result;
};
