import type { ActivationNarrowed, Instant } from '@pim/contracts';
import { PersistentMap } from '@pim/kernel';

/** An activation at a narrower scope, whose guard is another stream, from an eligibility in this one. */
export interface Narrowed {
  readonly scheduleId: string;
  readonly principalId: string;
  readonly narrowedTo: string;
  /** The id that the eligibility has now. */
  readonly eligibilityId: string;
  /** It ends no later, and may have ended long ago. */
  readonly until: Instant;
}

/** What was narrowed, and from which eligibility. */
export interface Narrowings {
  /** By the activation's id: one entry for each there ever was, as long as the stream. */
  readonly byId: PersistentMap<Narrowed>;
  /** Ids of those that were not over when the last one came, by the eligibility's. */
  readonly byEligibility: PersistentMap<readonly string[]>;
}

export const noNarrowings: Narrowings = { byId: PersistentMap.empty(), byEligibility: PersistentMap.empty() };

/** Those from an eligibility that may be running or still to come. */
export const narrowedFrom = (
  { byId, byEligibility }: Narrowings,
  eligibilityId: string,
  now: Instant,
): readonly Narrowed[] =>
  (byEligibility.get(eligibilityId) ?? []).flatMap((id) => byId.get(id) ?? []).filter(({ until }) => now < until);

/** One more; those of the same eligibility that are over are not looked for any more. */
export const withNarrowed = (narrowings: Narrowings, data: ActivationNarrowed['data']): Narrowings => {
  const { scheduleId, principalId, narrowedTo, eligibilityId, end: until, at } = data;
  const others = narrowedFrom(narrowings, eligibilityId, at).map((one) => one.scheduleId);
  return {
    byId: narrowings.byId.with(scheduleId, { scheduleId, principalId, narrowedTo, eligibilityId, until }),
    byEligibility: narrowings.byEligibility.with(eligibilityId, [...others, scheduleId]),
  };
};

/** An eligibility goes on under another id, and with it what was narrowed from it. */
export const movedTo = (
  { byId, byEligibility }: Narrowings,
  { replaces, scheduleId: eligibilityId }: { readonly replaces: string; readonly scheduleId: string },
): Narrowings => {
  const ids = byEligibility.get(replaces);
  if (!ids) return { byId, byEligibility };
  return {
    byId: ids
      .flatMap((id) => byId.get(id) ?? [])
      .reduce((moved, one) => moved.with(one.scheduleId, { ...one, eligibilityId }), byId),
    byEligibility: byEligibility.without(replaces).with(eligibilityId, ids),
  };
};
