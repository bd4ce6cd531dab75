/** One unit of a figure (a query, or a reviewer): the figure is the sum of the values over the sum of the weights. */
export interface Unit {
  value: number;
  weight: number;
}

const ROUNDS = 10_000;

export function figure(units: readonly Unit[]): number {
  let value = 0;
  let weight = 0;
  for (const unit of units) {
    value += unit.value;
    weight += unit.weight;
  }
  return weight > 0 ? value / weight : Number.NaN;
}

/**
 * Two-sided p of the difference of two systems on the same units (Fisher's randomisation test): how often chance alone, exchanging the two systems' values
 * unit by unit, gives a difference at least as large. At least 1 / (rounds + 1), since the observed assignment is one of them.
 */
export function pairedTest(ours: readonly Unit[], theirs: readonly Unit[], seed: number, rounds = ROUNDS): number {
  if (ours.length !== theirs.length) throw new Error('A paired test wants the same units of both systems.');
  const differences = Float64Array.from(ours, (unit, index) => unit.value - (theirs[index]?.value ?? 0));
  const observed = Math.abs(differences.reduce((sum, difference) => sum + difference, 0));
  const random = randomFrom(seed);
  let asLarge = 1;
  for (let round = 0; round < rounds; round++) {
    let sum = 0;
    for (const difference of differences) sum += random() < 0.5 ? difference : -difference;
    // The same terms summed with other signs need not come out equal to the last bit.
    if (Math.abs(sum) >= observed - 1e-9) asLarge++;
  }
  return asLarge / (rounds + 1);
}

/** The middle 95 % of the figure over samples of the units drawn with replacement. */
export function interval(units: readonly Unit[], seed: number, rounds = ROUNDS): [low: number, high: number] {
  const random = randomFrom(seed);
  const figures = new Float64Array(rounds);
  for (let round = 0; round < rounds; round++) {
    let value = 0;
    let weight = 0;
    for (let drawn = 0; drawn < units.length; drawn++) {
      const unit = units[Math.floor(random() * units.length)]!;
      value += unit.value;
      weight += unit.weight;
    }
    figures[round] = weight > 0 ? value / weight : 0;
  }
  figures.sort();
  return [figures[Math.floor(rounds * 0.025)]!, figures[Math.ceil(rounds * 0.975) - 1]!];
}

/** Uniform in [0, 1), the same sequence for the same seed (mulberry32, Tommy Ettinger, public domain). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
