import { describe, expect, it } from '@jest/globals';
import type { Schemas } from '../api/client.js';
import { type Pages, unreadAdded, withNotice } from './pages.js';

type Notice = Schemas['Notice'];
const notice = (n: number, state: Notice['state'] = 'unread') =>
  ({ id: `n-${n}`, state, createdAt: `2026-11-${20 + n}T08:00:00.000Z` }) as Notice;
const list = (...pages: number[][]): Pages => ({
  pageParams: [],
  pages: pages.map((items, at) => ({
    items: items.map((n) => notice(n)),
    nextCursor: at < pages.length - 1 ? 'more' : null,
    unread: 9,
  })),
});
const ids = ({ pages }: Pages) => pages.map(({ items }) => items.map(({ id }) => id.slice(2)).join(''));

describe('A list of notices', () => {
  it('keeps a changed notice where it is, as long as it shows such ones', () => {
    const after = withNotice(list([5, 4], [3, 2]), 'all', notice(3, 'done'));
    expect(ids(after)).toEqual(['54', '32']);
    expect(after.pages[1]?.items[0]?.state).toBe('done');
    expect(ids(withNotice(list([5, 4], [3, 2]), 'unread', notice(3, 'done')))).toEqual(['54', '2']);
  });

  it('takes a notice back to the place that it had', () => {
    expect(ids(withNotice(list([5, 3], [1]), 'unread', notice(4)))).toEqual(['543', '1']);
    expect(ids(withNotice(list([5, 4], [2]), 'unread', notice(1)))).toEqual(['54', '21']);
    const more = list([5, 4], [2]);
    for (const page of more.pages) page.nextCursor = 'more';
    expect(ids(withNotice(more, 'unread', notice(1)))).toEqual(['54', '2']);
    expect(ids(withNotice(list([]), 'unread', notice(1)))).toEqual(['1']);
  });

  it('counts what was not read', () => {
    expect([unreadAdded('unread', 'done'), unreadAdded('done', 'unread'), unreadAdded('read', 'done')]).toEqual([
      -1, 1, 0,
    ]);
  });
});
