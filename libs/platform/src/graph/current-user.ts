import { Rejection } from '@pim/kernel';

/** Checks the argument of `filterByCurrentUser` against what the set knows (reference §2.4). */
export const requireOn = <On extends string>(on: string, known: readonly On[]): On => {
  const found = known.find((option) => option.toLowerCase() === on.toLowerCase());
  if (!found)
    throw new Rejection(
      'invalid',
      'BadRequest',
      `filterByCurrentUser(on='${on.slice(0, 40)}') is not supported here: use ${known.join(', ')}.`,
    );
  return found;
};
