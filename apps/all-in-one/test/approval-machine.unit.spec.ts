import 'reflect-metadata';
import fc from 'fast-check';
import { agreementFaults } from './machine/agreement-faults';
import { answerFaults } from './machine/answer-faults';
import { absent, anyMove, setting } from './machine/any-move';
import { grantFaults } from './machine/grant-faults';
import { Machine } from './machine/machine';
import { told, type Told } from './machine/told';

/** Every run is another history; more of them, and other ones, with OPENPIM_MACHINES and OPENPIM_MACHINES_SEED. */
const numRuns = Number(process.env['OPENPIM_MACHINES'] ?? 600);
const seed = Number(process.env['OPENPIM_MACHINES_SEED'] ?? 20_260_302);

/** An event, and why or for whom it was. */
const kindOf = ({ type, data }: Told): string => {
  if ('reason' in data && data.reason !== null) return `${type} ${data.reason}`;
  return 'onBehalfOf' in data && data.onBehalfOf !== null ? `${type} for somebody` : type;
};

/**
 * The real deciders, reactions and deadlines of requests, approvals, delegations, role settings, accounts and the guard of
 * a role, without a server: what handlers do between them is taken step by step, in any order, late, broken off and again.
 */
describe('requests, approvals, eligibilities and role settings', () => {
  const reached = new Map<string, number>();

  it('end every request once, by as many others as it takes, in time, about what they saw, however they interleave', () => {
    fc.assert(
      fc.property(setting, absent, fc.array(anyMove, { maxLength: 100, size: 'max' }), (first, without, moves) => {
        const machine = new Machine(first);
        for (const move of moves) if (!without.includes(move.do)) machine.move(move);
        const settled = machine.finish();
        const log = told(machine.world.log);
        const faults = [...agreementFaults({ log, settled }), ...answerFaults(log, machine.notes), ...grantFaults(log)];
        if (faults.length > 0) throw new Error([...machine.works.trail, ...faults].join('\n'));
        for (const kind of log.map(kindOf)) reached.set(kind, (reached.get(kind) ?? 0) + 1);
      }),
      { numRuns, seed },
    );
  });

  // Otherwise the property above would hold of nothing.
  it.each([
    ...['RequestProvisioned', 'RequestDenied', 'RequestLapsed', 'RequestRevoked', 'RequestCanceled', 'RequestFailed'],
    ...['ApprovalGranted', 'ApprovalGranted for somebody', 'ApprovalDenied', 'ApprovalDenied for somebody'],
    ...['ApprovalAgreed', 'ApprovalAgreed for somebody', 'ApprovalStageOpened', 'ApprovalLapsed', 'ApprovalWithdrawn'],
    ...['ApprovalDecisionRefused self-approval', 'ApprovalDecisionRefused policy-author'],
    ...['ApprovalDecisionRefused not-an-approver', 'ApprovalEscalated', 'ApprovalFellBack', 'ApproversReminded'],
    ...['AssignmentGranted', 'AssignmentStarted', 'AssignmentExpired', 'AssignmentDeactivated', 'EligibilityExpired'],
    ...['AssignmentRemoved canceled', 'AssignmentRemoved eligibility-ended', 'AssignmentRemoved principal-disabled'],
    ...['EligibilityRemoved admin-removed', 'EligibilityRemoved principal-disabled', 'ScheduleChangeRefused'],
    ...['DelegationEnded', 'PrincipalEnabled', 'RequestRefused', 'RequestGranted'],
  ])('came to %s', (kind) => expect(reached.get(kind) ?? 0).toBeGreaterThan(0));
});
