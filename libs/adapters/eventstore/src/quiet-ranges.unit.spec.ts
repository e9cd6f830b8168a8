import { QuietRanges } from './quiet-ranges';

describe('quiet ranges', () => {
  it('let a reading begin behind what is known to be empty, and nowhere else', () => {
    const quiet = new QuietRanges();
    quiet.note(['policy'], { after: 10n, to: 50n });
    expect([9n, 10n, 30n, 50n, 60n].map((after) => quiet.skip(['policy'], after))).toEqual([9n, 50n, 50n, 50n, 60n]);
    expect(quiet.skip(['request'], 10n)).toBe(10n);
    expect(quiet.skip(undefined, 10n)).toBe(10n);
  });

  it('belong to a set of categories, in whatever order it is written', () => {
    const quiet = new QuietRanges();
    quiet.note(['policy', 'alert'], { after: 0n, to: 5n });
    expect(quiet.skip(['alert', 'policy'], 0n)).toBe(5n);
    expect(quiet.skip(['alert'], 0n)).toBe(0n);
  });

  it('are not made of a reading that showed nothing', () => {
    const quiet = new QuietRanges();
    quiet.note(['policy'], { after: 10n, to: 50n });
    quiet.note(['policy'], { after: 60n, to: 55n });
    expect(quiet.skip(['policy'], 10n)).toBe(50n);
  });
});
