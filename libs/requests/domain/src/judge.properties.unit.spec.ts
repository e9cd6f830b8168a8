import type { Enablement, RoleScheduleEvent } from '@pim/contracts';
import { fold, Rejection } from '@pim/kernel';
import fc from 'fast-check';
import type { Ask, Facts, Verdict } from './ask';
import { judge } from './judge';
import { ruleOf } from './policy';
import { ruleIds } from './policy-defaults';
import { readSchedule } from './schedule';
import { roleView } from './role-view';
import { activated, assigned, eligible } from './spec/role';
import { approval, context, demands, maximum, withRules } from './spec/role-policy';
import { anAsk, erin, now, paul, someFacts } from './spec/some';

const instantFrom = (minutes: number): string => new Date(Date.parse(now) + minutes * 60_000).toISOString();
const aroundNow = fc.integer({ min: -600, max: 1_200 }).map(instantFrom);
const orNull = <T>(some: fc.Arbitrary<T>) => fc.option(some, { freq: 4 });

const schedule = fc
  .record({
    startDateTime: orNull(aroundNow),
    expiration: fc.oneof(
      fc.record({ type: fc.constant('afterDuration'), duration: fc.nat(600).map((m) => `PT${m}M`) }),
      fc.record({ type: fc.constant('afterDateTime'), endDateTime: aroundNow }),
      fc.record({ type: fc.constantFrom('noExpiration', 'notSpecified') }),
    ),
  })
  .map(readSchedule);

const words = fc.constantFrom('why', 'because', ' ', null);

const anyAsk = fc.record({
  schedule: orNull(schedule),
  justification: words,
  ticket: orNull(fc.record({ ticketNumber: words, ticketSystem: words })),
  isValidationOnly: fc.boolean(),
});

const activations = anyAsk.map(anAsk);

const asks = fc
  .record({
    action: fc.constantFrom<Ask['action'][]>('selfActivate', 'adminAssign', 'adminRemove', 'selfDeactivate'),
    kind: fc.constantFrom<Ask['kind'][]>('assignment', 'eligibility'),
  })
  .chain((what) => anyAsk.map((rest) => anAsk({ ...rest, ...what })));

const enablements = fc.subarray<Enablement>(['MultiFactorAuthentication', 'Justification', 'Ticketing']);

const policies = fc
  .record({
    minutes: fc.integer({ min: 30, max: 600 }),
    demanded: enablements,
    acrs: fc.boolean(),
    approved: fc.boolean(),
  })
  .map(({ minutes, demanded, acrs, approved }) =>
    withRules(
      { ...maximum, maximumDuration: `PT${minutes}M` },
      { ...demands, enabledRules: demanded },
      { ...context, isEnabled: acrs, claimValue: acrs ? 'c1' : null },
      { ...approval, isApprovalRequired: approved },
    ),
  );

const histories = fc.subarray<RoleScheduleEvent>([
  eligible('erin'),
  eligible('staff', { scheduleId: 's2', end: instantFrom(60) }),
  assigned('erin', { scheduleId: 's3', end: instantFrom(-1) }),
  activated('erin', { scheduleId: 's4', start: instantFrom(-60) }),
]);

const facts = fc
  .record({
    policy: policies,
    history: fc.oneof({ arbitrary: fc.constant([eligible('erin')]), weight: 3 }, { arbitrary: histories, weight: 1 }),
    amr: fc.constantFrom(['pwd'], ['pwd', 'mfa'], ['mfa']),
    acrs: fc.constantFrom([], ['c2'], ['c1'], ['c1', 'c2']),
    actor: fc.constantFrom(erin, erin, erin, paul),
    pendingRequestExists: fc.constantFrom(false, false, false, true),
    groupIds: fc.subarray(['staff']),
  })
  .map(({ policy, history, amr, acrs, actor, pendingRequestExists, groupIds }) =>
    someFacts({
      policy,
      role: fold(roleView, history),
      caller: { actor, authentication: { amr, acr: null, acrs, authTime: null }, isAdministrator: actor === paul },
      pendingRequestExists,
      principal: { ...someFacts().principal, groupIds },
    }),
  );

const judged = (ask: Ask, world: Facts): Verdict | string => {
  try {
    return judge(ask, world);
  } catch (error) {
    if (error instanceof Rejection) return error.code;
    throw error;
  }
};

type Accepted = Extract<Verdict, { verdict: 'accepted' }>;

/** Checks something of every accepted activation, and that there were some. */
const everyActivation = (check: (verdict: Accepted, ask: Ask, world: Facts) => void): void => {
  let seen = 0;
  fc.assert(
    fc.property(activations, facts, (ask, world) => {
      const verdict = judged(ask, world);
      if (typeof verdict === 'string' || verdict.verdict === 'refused') return;
      seen += 1;
      check(verdict, ask, world);
    }),
    { numRuns: 2_000 },
  );
  expect(seen).toBeGreaterThan(20);
};

const isSaid = (text: string | null | undefined): boolean => Boolean(text?.trim());

/** Every demand there can be, and whether this request meets it. */
const proofsOf = (ask: Ask, { caller }: Facts): Record<Enablement, boolean> => ({
  MultiFactorAuthentication: caller.authentication?.amr.includes('mfa') === true,
  Justification: isSaid(ask.justification),
  Ticketing: isSaid(ask.ticket?.ticketNumber) && isSaid(ask.ticket?.ticketSystem),
});

describe('judging', () => {
  it('gives the same answer to the same question, and never a fault', () =>
    fc.assert(fc.property(asks, facts, (ask, world) => expect(judged(ask, world)).toEqual(judged(ask, world)))));

  it('never lets an activation last longer than the policy allows', () =>
    everyActivation(({ order }, _ask, { now: at, policy }) => {
      const start = Date.parse(order.startDateTime ?? at);
      const lasts = order.durationMs ?? Date.parse(order.endDateTime ?? '') - start;
      const { maximumDuration } = ruleOf(policy, ruleIds.expirationEndUserAssignment, 'expiration');
      expect(lasts).toBeLessThanOrEqual(Number(maximumDuration.slice(2, -1)) * 60_000);
      expect(lasts).toBeGreaterThanOrEqual(300_000);
    }));

  it('never accepts an activation without each thing its policy demands', () =>
    everyActivation((_verdict, ask, world) => {
      const { enabledRules } = ruleOf(world.policy, ruleIds.enablementEndUserAssignment, 'enablement');
      const proofs = proofsOf(ask, world);
      expect(enabledRules.filter((demand) => !proofs[demand])).toEqual([]);
    }));

  it('never accepts an activation without the authentication context its policy asks for', () =>
    everyActivation((_verdict, _ask, { policy, caller }) => {
      const { isEnabled } = ruleOf(policy, ruleIds.authenticationContextEndUserAssignment, 'authenticationContext');
      if (isEnabled) expect(caller.authentication?.acrs).toContain('c1');
    }));

  it('never accepts an activation past the approvers, nor sends them one without a reason', () =>
    everyActivation(({ approval: terms }, ask, { policy }) => {
      const { isApprovalRequired } = ruleOf(policy, ruleIds.approvalEndUserAssignment, 'approval');
      expect(terms !== null).toBe(isApprovalRequired);
      if (terms) expect(isSaid(ask.justification)).toBe(true);
    }));

  it('never accepts an activation for anybody but the caller', () =>
    everyActivation(({ order }, _ask, world) => {
      expect(order.principalId).toBe(world.caller.actor.id);
      expect(order.actor).toEqual(world.caller.actor);
    }));

  it('records what was asked of every refusal too', () =>
    fc.assert(
      fc.property(asks, facts, (ask, world) => {
        const verdict = judged(ask, world);
        if (typeof verdict === 'string') return;
        expect(verdict.content).toMatchObject({
          requestId: ask.requestId,
          action: ask.action,
          justification: ask.justification,
          policyVersion: world.policy.version,
        });
      }),
    ));
});
