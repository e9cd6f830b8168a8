import type { Actor, RequestEvent } from '@pim/contracts';
import { systemActor, type CommandContext } from '@pim/engine';
import { fold } from '@pim/kernel';
import { withdrawals } from '../streams';
import { cancelSchedule } from './cancel-schedule.reaction';

const erin: Actor = { id: 'erin', kind: 'user' };
const about = {
  requestId: 'r1',
  kind: 'assignment',
  principalId: 'erin',
  roleDefinitionId: 'role',
  directoryScopeId: '/',
  at: '2026-03-02T10:00:00.000Z',
} as const;
const canceled: RequestEvent = {
  type: 'RequestCanceled',
  data: { ...about, action: 'selfActivate', from: 'PendingApproval', by: erin },
};
const lostGround: RequestEvent = { type: 'RequestRevoked', data: { ...about, action: 'selfActivate' } };
const tookAway: RequestEvent = { type: 'RequestRevoked', data: { ...about, action: 'adminRemove' } };

const context: CommandContext = {
  commandId: 'c',
  correlationId: 'c',
  actor: systemActor('reaction/cancel-schedule'),
  authentication: null,
};
const recorded = { id: 'e', stream: 'request-r1', revision: 1, position: 1n, recordedAt: about.at, version: 1 };
const metadata = { actor: erin, authentication: null, correlationId: 'c', causationId: 'c' };
const asked = (event: RequestEvent) => cancelSchedule.react(event, context, { ...event, ...recorded, metadata });

describe('a request that has gone', () => {
  it.each([
    ['by whoever withdrew it', canceled, erin],
    ['by the reaction itself, when it lost its ground', lostGround, context.actor],
  ])('takes with it what was given for it: %s', (_who, event, by) =>
    expect(asked(event)).toMatchObject([
      { schedule: { scheduleId: 'r1' }, change: { type: 'CancelScheduled', requestId: 'r1', by } },
    ]),
  );
  it('is not one that took something away', () => expect(asked(tookAway)).toEqual([]));

  it.each([
    ['withdrawn', [canceled], { by: erin }],
    ['without ground', [lostGround], { by: null }],
    ['done', [tookAway], null],
  ])('is not carried out any more, whoever says yes: %s', (_how, events, withdrawal) =>
    expect(fold(withdrawals.view, events)).toEqual(withdrawal),
  );
});
