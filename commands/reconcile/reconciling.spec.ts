import { describe, expect, it } from '@jest/globals';
import { type Check, type Difference, sight } from './check.js';
import { reconciling } from './reconciling.js';

const one: Difference = { id: 'a', how: 'behind', revision: 2 };
const settled = async () => true;

/** A check that sees these differences, one look after the other; the last look is repeated. */
function checkOf(...looks: Difference[][]): Check & { repaired: string[][] } {
  const repaired: string[][] = [];
  return {
    service: 'matching',
    what: 'copies',
    repaired,
    look: async () => sight(10, looks.length > 1 ? looks.shift()! : looks[0]!),
    repair: async (differences) => void repaired.push(differences.map(({ id }) => id)),
  };
}

describe('Reconciling', () => {
  it('repairs what differs in the same way twice, and looks again', async () => {
    const check = checkOf([one], [one], []);
    const [result] = await reconciling([check], settled, { repair: true, apartMs: 0 });
    expect(result).toMatchObject({ compared: 10, differed: 1, differs: 0 });
    expect(check.repaired).toEqual([['a']]);
  });

  it('takes what was on its way for no difference', async () => {
    const check = checkOf([one, { ...one, id: 'b' }], [{ ...one, revision: 3 }]);
    const [result] = await reconciling([check], settled, { repair: true, apartMs: 0 });
    expect(result).toMatchObject({ differed: 0, differs: 0 });
    expect(check.repaired).toEqual([]);
  });

  it('says what cannot be repaired, and repairs nothing when it is only to compare', async () => {
    const stubborn = checkOf([one]);
    expect((await reconciling([stubborn], settled, { repair: true, apartMs: 0 }))[0]).toMatchObject({ differs: 1 });
    expect(stubborn.repaired).toHaveLength(3);
    const compared = checkOf([one]);
    expect((await reconciling([compared], settled, { repair: false, apartMs: 0 }))[0]).toMatchObject({ differs: 1 });
    expect(compared.repaired).toEqual([]);
  });
});
