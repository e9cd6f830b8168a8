import type { PrincipalEvent } from '@pim/contracts';
import { createJournal } from '@pim/engine';
import { inMemoryEventStore } from '@pim/engine/contract';
import { managerOf } from './manager';

const at = '2026-03-01T12:00:00.000Z';
const by = { id: 'paul', kind: 'user' } as const;
const erin = { principalId: 'erin', principalType: 'user' } as const;
const alice = { principalId: 'alice', principalType: 'user' } as const;

const registered = (who: typeof erin | typeof alice): PrincipalEvent => ({
  type: 'PrincipalRegistered',
  data: {
    ...who,
    displayName: who.principalId,
    userPrincipalName: null,
    mail: null,
    appId: null,
    appRoles: [],
    isAssignableToRole: false,
    accountEnabled: true,
    at,
  },
});
const managed = (managerId: string | null): PrincipalEvent => ({
  type: 'PrincipalAttributesChanged',
  data: { ...erin, changed: { managerId }, at },
});
const wantedOff: PrincipalEvent = { type: 'PrincipalDisableRequested', data: { principalId: 'alice', by, at } };
const off: PrincipalEvent = { type: 'PrincipalDisabled', data: { principalId: 'alice', by, at } };
const on: PrincipalEvent = { type: 'PrincipalEnabled', data: { principalId: 'alice', by, at } };
const deleted: PrincipalEvent = { type: 'PrincipalDeleted', data: { ...alice, by, at } };

/** Who manages erin, after this became known of her and of alice. */
const managerAfter = async (ofErin: readonly PrincipalEvent[], ofAlice: readonly PrincipalEvent[] = []) => {
  const store = inMemoryEventStore();
  const metadata = { actor: by, authentication: null, correlationId: 'c', causationId: 'c' };
  const put = (stream: string, events: readonly PrincipalEvent[]) =>
    store.append(
      stream,
      events.map((event, n) => ({ ...event, id: `${stream}-${n}`, version: 1, metadata })),
      'no-stream',
    );
  await put('principal-erin', [registered(erin), ...ofErin]);
  await put('principal-alice', [registered(alice), ...ofAlice]);
  return managerOf(createJournal({ eventStore: store }), 'erin');
};

describe('a manager', () => {
  it('is whom the user’s own stream names last', async () => {
    expect(await managerAfter([managed('bob'), managed('alice')])).toBe('alice');
    expect(await managerAfter([managed('alice'), managed(null)])).toBeNull();
    expect(await managerAfter([])).toBeNull();
  });

  it('is nobody while their account is off, and once they are deleted', async () => {
    expect(await managerAfter([managed('alice')], [wantedOff, off])).toBeNull();
    expect(await managerAfter([managed('alice')], [wantedOff, off, on])).toBe('alice');
    expect(await managerAfter([managed('alice')], [wantedOff, off, deleted])).toBeNull();
  });

  it('is nobody for somebody who is not known', async () => {
    expect(await managerOf(createJournal({ eventStore: inMemoryEventStore() }), 'erin')).toBeNull();
  });
});
