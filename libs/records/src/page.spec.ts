import { describe, expect, it } from '@jest/globals';
import { cursorAfter, idOfCursor, pageOfRows } from './page.js';

const ids = ['01890000-0000-7000-8000-000000000003', '01890000-0000-7000-8000-000000000002'];
const rows = ids.map((id) => ({ id }));

describe('A page of a list', () => {
  it('leads to the next one by its last id', () => {
    const { rows: page, nextCursor } = pageOfRows(rows, 1);
    expect(page).toEqual([rows[0]]);
    expect(idOfCursor(nextCursor ?? undefined)).toBe(ids[0]);
  });

  it('says when it is the last one', () => {
    expect(pageOfRows(rows, 2)).toEqual({ rows, nextCursor: null });
    expect(pageOfRows([], 2)).toEqual({ rows: [], nextCursor: null });
  });

  it.each(['', 'nonsense', cursorAfter("1' OR 1=1"), '\0'])(
    'is refused for the cursor %j, which no page gave',
    (cursor) => {
      expect(() => idOfCursor(cursor)).toThrow(expect.objectContaining({ code: 'invalid-query' }));
    },
  );
});
