import { describe, expect, it } from '@jest/globals';
import { growths, type Life } from './memory.js';

const MINUTE = 60_000;
/** A look every ten seconds for so many minutes. */
const life = (minutes: number, size: (minute: number) => number): Life => ({
  name: 'matching',
  pid: 7,
  born: 0,
  sizes: Array.from({ length: minutes * 6 + 1 }, (_, n) => ({ age: n * 10_000, megabytes: size(n / 6) })),
});

describe('The memory of a process', () => {
  it('is compared with what it was when the process had settled, not with its start', () => {
    const [grown] = growths([life(20, (minute) => (minute < 2 ? 80 : 200))], 5 * MINUTE);
    expect(grown).toMatchObject({ settled: 200, last: 200, ratio: 1 });
  });

  it('shows a leak, whatever one look says', () => {
    const leak = life(20, (minute) => 200 + 10 * minute);
    leak.sizes.at(-1)!.megabytes = 90;
    expect(growths([leak], 5 * MINUTE)[0]?.ratio).toBeCloseTo(1.58, 1);
  });

  it('says nothing of a process that died young', () => {
    expect(growths([life(6, () => 100)], 5 * MINUTE)).toEqual([]);
  });
});
