/** Numbers from 0 to 1 that are the same for the same seed, so that a failing run can be had again. */
export const randomFrom = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

/** A list in an order of chance. */
export const shuffled = <T>(list: readonly T[], random: () => number): readonly T[] =>
  list
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);

/** How far from one such point to the next at the most. */
export const widestStep = 9;

/**
 * The next point at which a run stops, of many: the first few and every fifth or so of the others, which ones by chance; all of
 * them with `OPENPIM_CRASHES=all`.
 */
export const samplePoints = (random: () => number): ((nth: number) => number) => {
  const isAll = process.env['OPENPIM_CRASHES'] === 'all';
  return (nth) => (isAll || nth < 4 ? nth + 1 : nth + 2 + Math.floor(random() * (widestStep - 1)));
};

/** A seed for this run, told, and the one to use again from `FAULT_SEED`. */
export const seedOfThisRun = (): number => {
  const seed = Number(process.env['FAULT_SEED'] ?? Date.now() % 1_000_000);
  console.log(`FAULT_SEED=${seed}`);
  return seed;
};
