import { describe, expect, it } from '@jest/globals';
import type { Line } from './evaluate.js';
import { falls, type Summary } from './summary.js';

const summary = (headline: 'MRR' | 'loss', value: number, set = 's'): Summary => ({
  results: [{ headline, line: { set, system: 'ceresio', split: 'all', [headline]: value } as unknown as Line }],
});

describe('the comparison with a stored run', () => {
  it('passes what is better, equal, or worse by .01', () => {
    for (const now of [0.9, 0.5, 0.49]) expect(falls(summary('MRR', 0.5), summary('MRR', now)).sentences).toEqual([]);
  });

  it('names what fell by more than .01', () => {
    expect(falls(summary('MRR', 0.5), summary('MRR', 0.4899)).sentences).toEqual([
      's, ceresio: MRR was 0.5 and is 0.4899',
    ]);
  });

  it('knows that a loss falls by rising', () => {
    expect(falls(summary('loss', 0.25), summary('loss', 0.2)).sentences).toEqual([]);
    expect(falls(summary('loss', 0.25), summary('loss', 0.262)).sentences).toHaveLength(1);
  });

  it('takes a figure that is gone for a fall', () => {
    expect(falls(summary('MRR', 0.5), summary('MRR', Number.NaN)).sentences).toHaveLength(1);
  });

  it('compares only what was run, and says how much that was', () => {
    expect(falls(summary('MRR', 0.5), summary('MRR', 0.1, 'another'))).toEqual({ compared: 0, sentences: [] });
    expect(falls(summary('MRR', 0.5), summary('MRR', 0.5)).compared).toBe(1);
  });
});
