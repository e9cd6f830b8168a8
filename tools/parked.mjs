// npx pim parked, npx pim replay …: what consumers could not handle, and another try for it.
import { call } from './administration.mjs';

const list = async (access) => (await call(access, 'GET', '/parkedMessages')).value;

/** Three lines for each: whose it is, what it is, and why it lies there. */
export const listParked = async (access, print = console.log) => {
  const parked = await list(access);
  if (parked.length === 0) print('Nothing is set aside.');
  for (const { group, eventId, type, stream, revision, reason, since, tries } of parked)
    print(
      `${group}\n  ${eventId} ${type}, ${stream} revision ${revision}\n  since ${since}, tried ${tries}x: ${reason}`,
    );
};

const wanted =
  ({ group, event }) =>
  (one) =>
    (group === undefined || one.group === group) && (event === undefined || one.eventId === event);

/** The calls that replay these: one for each consumer, or one for the event that was named. */
const pathsFor = (chosen, event) => {
  const groups = [...new Set(chosen.map(({ group }) => group))];
  const rest = event === undefined ? '' : `/${encodeURIComponent(event)}`;
  return groups.map((group) => [group, `/parkedMessages/${encodeURIComponent(group)}${rest}/replay`]);
};

/** Replays what was chosen, consumer by consumer; throws at the end when any of it is still aside. */
export const replay = async (access, choice, print = console.log) => {
  const chosen = (await list(access)).filter(wanted(choice));
  if (chosen.length === 0) return print('Nothing of that is set aside.');
  let left = 0;
  for (const [group, path] of pathsFor(chosen, choice.event)) {
    const outcome = await call(access, 'POST', path).catch((error) => error);
    left += outcome.remaining ?? 1;
    print(
      outcome instanceof Error
        ? `${group}: ${outcome.message}`
        : `${group}: ${outcome.replayed} replayed, ${outcome.remaining} still aside`,
    );
  }
  if (left > 0) throw new Error('Not everything was handled: "npx pim parked" says why.');
};
