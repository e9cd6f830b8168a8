import {
  requestStream,
  type ApprovalTerms,
  type CustomExtensionTerms,
  type RequestEvent,
  type ScheduleOrder,
} from '@pim/contracts';
import { createJournal, startReactions, type Bus, type CommandContext } from '@pim/engine';
import { InMemoryLog, inMemoryEventStore } from '@pim/engine/contract';
import type { DomainCommand } from '@pim/kernel';
import { approvals } from '../streams';
import { ChangeApprovalHandler, type ChangeApprovalCommand } from './change-approval.handler';
import { openApproval } from './open-approval.reaction';

const now = '2026-03-01T12:00:00.000Z';
const by = { id: 'erin', kind: 'user' } as const;
const about = { principalId: 'erin', roleDefinitionId: 'role', directoryScopeId: '/' };
const ref = { requestId: 'r1', kind: 'assignment', action: 'selfActivate', ...about } as const;
const order: ScheduleOrder = {
  ...ref,
  startDateTime: null,
  durationMs: 3_600_000,
  endDateTime: null,
  targetScheduleId: null,
  actor: by,
};
const stage: ApprovalTerms['stages'][number] = {
  approvers: [],
  requiredApprovals: 1,
  isApproverJustificationRequired: false,
  windowMs: 86_400_000,
  escalation: null,
  remindEveryMs: null,
};
const terms: ApprovalTerms = { stages: [stage], deadline: '2026-03-02T12:00:00.000Z', policyAuthorIds: [] };
const extension: CustomExtensionTerms = {
  endpoint: 'https://example.com/ask',
  timeoutSeconds: 30,
  authentication: null,
};

const submitted = (
  approval: ApprovalTerms | null,
  customExtension: CustomExtensionTerms | null = null,
): RequestEvent => ({
  type: 'RequestSubmitted',
  data: {
    ...ref,
    schedule: null,
    justification: null,
    ticket: null,
    targetScheduleId: null,
    customData: null,
    createdBy: by,
    policyVersion: 1,
    order,
    approval,
    awaitsAdministrator: false,
    customExtension,
    isEmergency: false,
    at: now,
  },
});
const heard: RequestEvent = {
  type: 'CustomExtensionAnswered',
  data: { ...ref, answer: 'approved', reason: null, endpoint: extension.endpoint, order, approval: terms, at: now },
};
const canceled: RequestEvent = { type: 'RequestCanceled', data: { ...ref, from: 'PendingApproval', by, at: now } };
const revoked: RequestEvent = { type: 'RequestRevoked', data: { ...ref, at: now } };

/** Records whatever it is told. */
const recorder = {
  stream: requestStream,
  decider: {
    initial: null,
    evolve: () => null,
    decide: ({ data }: DomainCommand<'Record', { event: RequestEvent }>) => [data.event],
  },
};

const asking = (commandId: string): CommandContext => ({
  commandId,
  correlationId: 'c',
  actor: by,
  authentication: null,
});

/** A request with this history, each event of which reaches the reaction when `deliver` says so. */
const open = async (history: readonly RequestEvent[]) => {
  const log = new InMemoryLog();
  const journal = createJournal({ eventStore: inMemoryEventStore(log) });
  for (const [n, event] of history.entries())
    await journal.execute(recorder, 'r1', { type: 'Record', data: { event } }, asking(`record:${n}`));
  const handler = new ChangeApprovalHandler(journal, { now: () => now, wakeAt: () => () => undefined });
  const dispatch = (command: object) => handler.execute(command as ChangeApprovalCommand);
  const consumers: Parameters<Bus['consume']>[1][] = [];
  const bus: Pick<Bus, 'consume'> = { consume: async (_group, handle) => void consumers.push(handle) };
  await startReactions({ bus, context: 'approvals', reactions: [openApproval], dispatch });
  return {
    deliver: async (revisions: readonly number[]) => {
      for (const revision of revisions)
        for (const handle of consumers) await handle(log.read('request-r1', {})[revision]!);
    },
    statusOf: async () => (await journal.load(approvals, 'r1')).state.status,
  };
};

const inOrder = (history: readonly RequestEvent[]) => [...history.keys()];

describe('an approval whose request is gone', () => {
  it.each([
    ['withdrawn', [submitted(terms), canceled]],
    ['revoked', [submitted(terms), revoked]],
    ['revoked after its custom extension was heard', [submitted(terms, extension), heard, revoked]],
  ])('is open for nobody when it was %s, also when the opening was set aside and comes last', async (_how, history) => {
    const asUsual = await open(history);
    await asUsual.deliver(inOrder(history));
    expect(await asUsual.statusOf()).toBe('withdrawn');

    const setAside = await open(history);
    await setAside.deliver(inOrder(history).reverse());
    expect(await setAside.statusOf()).toBe('withdrawn-unopened');
  });

  it.each([
    ['needed nobody’s yes', [submitted(null), revoked]],
    ['still waited for its custom extension', [submitted(terms, extension), revoked]],
  ])('leaves no trace when the request %s', async (_what, history) => {
    const { deliver, statusOf } = await open(history);
    await deliver(inOrder(history));
    expect(await statusOf()).toBe('absent');
  });
});
