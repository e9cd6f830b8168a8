import { roleScheduleView } from '@pim/platform';
import { scheduleIdOf, type Recorded } from '../support/log';

/** What is looked at of a request and of what it led to. */
interface Told {
  readonly scheduleId: string;
  readonly principalId: string;
  readonly assignmentType: string;
  readonly justification: string | null;
  readonly ticket: object | null;
  readonly approval: object | null;
  readonly at: string;
}

const toldBy = ({ data }: Recorded): Told => data as Told;
const nameOf = ({ stream, revision }: Recorded): string => `${stream}/${revision}`;

/** A reason, a second factor and a ticket, and somebody else's yes where there had to be one. */
const isProven = ({ principalId }: Told, asked: Recorded | undefined, yes: Recorded | undefined): boolean => {
  if (!asked) return false;
  const { justification, ticket, approval } = toldBy(asked);
  const isComplete = justification !== null && ticket !== null;
  const isSignedIn = asked.metadata.authentication?.amr.includes('mfa') === true;
  const isAgreed = approval === null || (yes !== undefined && yes.metadata.actor.id !== principalId);
  return isComplete && isSignedIn && isAgreed;
};

/** Nobody activates without the proofs that the role asks for, on record before the grant (invariants 5 and 6). */
const unproven = (log: readonly Recorded[]): readonly string[] => {
  const seen = new Map<string, Recorded>();
  return log.flatMap((event) => {
    const { type, stream } = event;
    if (type === 'RequestSubmitted' || type === 'ApprovalGranted') seen.set(`${type} ${stream}`, event);
    const { scheduleId, assignmentType } = toldBy(event);
    if (type !== 'AssignmentGranted' || assignmentType !== 'Activated') return [];
    const asked = seen.get(`RequestSubmitted request-${scheduleId}`);
    const yes = seen.get(`ApprovalGranted approval-${scheduleId}`);
    return isProven(toldBy(event), asked, yes) ? [] : [`${nameOf(event)} was granted without proof`];
  });
};

/** Any beginning of a stream folds, and whoever goes on from there comes to the same (invariants 16 and 17). */
const unfolded = (log: readonly Recorded[]): readonly string[] => {
  const { initial, evolve } = roleScheduleView.view;
  const fold = (events: readonly Recorded[], from: typeof initial): typeof initial =>
    events.reduce((state, event) => evolve(state, event as unknown as Parameters<typeof evolve>[1]), from);
  const streams = new Set(log.map(({ stream }) => stream).filter((stream) => stream.startsWith('roleSchedule-')));
  return [...streams].flatMap((stream) => {
    const events = log.filter((event) => event.stream === stream);
    const middle = Math.floor(events.length / 2);
    const halfway = fold(events.slice(0, middle), initial);
    const whole = JSON.stringify(fold(events, initial));
    const isSame = [1, 2].every(() => JSON.stringify(fold(events.slice(middle), halfway)) === whole);
    return isSame ? [] : [`${stream} depends on where its fold began`];
  });
};

/** Each expiry once, and none before its time (invariant 26). */
const expiredWrongly = (log: readonly Recorded[]): readonly string[] => {
  const expiries = log.filter(({ type }) => /^(Assignment|Eligibility)Expired$/.test(type));
  const early = expiries.filter((event) => event.recordedAt < toldBy(event).at);
  const twice = expiries.length - new Set(expiries.map(scheduleIdOf)).size;
  return [
    ...early.map((event) => `${nameOf(event)} came early`),
    ...(twice > 0 ? [`${twice} expiries came twice`] : []),
  ];
};

/** What of a whole log breaks an invariant, in words. */
export const logFaults = (log: readonly Recorded[]): readonly string[] => [
  ...expiredWrongly(log),
  ...unproven(log),
  ...unfolded(log),
];
