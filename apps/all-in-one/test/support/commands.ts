import { SubmitRequestCommand } from '@pim/requests/service';
import type { TestServer } from './server';

type Ask = ConstructorParameters<typeof SubmitRequestCommand>[0];
type Requester = ConstructorParameters<typeof SubmitRequestCommand>[1]['actor'];

/** The n-th of the ids that a test chooses. */
export const uuid = (n: number): string => `10000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

/** Somebody who acts with the administrators' right, without being one of the tenant's people. */
export const operator: Requester = { id: 'system:test', kind: 'system' };

/** What a request asks for, short: the rest is as clients usually send it. */
export interface Wish extends Pick<Ask, 'requestId' | 'action' | 'principalId' | 'roleDefinitionId'> {
  readonly kind?: Ask['kind'];
  readonly by?: Requester;
  /** Minutes from now. */
  readonly startsIn?: number;
  /** ISO 8601; absent: for good. */
  readonly lasts?: string;
}

/** Submits a request under an id the test chose, and waits for its outcome as the HTTP side does. */
export const submit = async (server: TestServer, wish: Wish): Promise<void> => {
  const { kind = 'assignment', by = operator, startsIn, lasts, ...rest } = wish;
  const start = startsIn === undefined ? null : Date.parse(server.clock.now()) + startsIn * 60_000;
  const ask: Ask = {
    ...rest,
    kind,
    directoryScopeId: '/',
    appScopeId: null,
    schedule: {
      startDateTime: start === null ? null : new Date(start).toISOString(),
      expiration: lasts
        ? { type: 'afterDuration', endDateTime: null, duration: lasts }
        : { type: 'noExpiration', endDateTime: null, duration: null },
    },
    justification: 'Agreed with the team lead',
    ticket: { ticketNumber: 'CHG-1', ticketSystem: 'ServiceNow' },
    isValidationOnly: false,
    targetScheduleId: null,
    customData: null,
    isEmergency: false,
  };
  const { requestId } = wish;
  const authentication = by.kind === 'user' ? { amr: ['pwd', 'mfa'], acr: null, acrs: ['c1'], authTime: null } : null;
  await server.running.dispatch(
    new SubmitRequestCommand(ask, {
      commandId: `test:${requestId}`,
      correlationId: requestId,
      actor: by,
      authentication,
    }),
  );
};
