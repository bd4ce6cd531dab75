import type { Schemas } from '../api/client.js';

type Notice = Schemas['Notice'];

export const FILTERS = ['all', 'unread', 'snoozed', 'done'] as const;
export type Filter = (typeof FILTERS)[number];

export interface Page {
  items: Notice[];
  nextCursor: string | null;
  unread: number;
}
export interface Pages {
  pages: Page[];
  pageParams: unknown[];
}

/** The pages of a list with one notice as it is by now: at its place, away where the list does not show it, back where it belongs. */
export function withNotice(list: Pages, filter: Filter, notice: Notice): Pages {
  const shown = filter === 'all' || notice.state === filter;
  const known = list.pages.some(({ items }) => items.some(({ id }) => id === notice.id));
  const pages = list.pages.map((page) => ({
    ...page,
    items: page.items.flatMap((one) => (one.id === notice.id ? (shown ? [notice] : []) : [one])),
  }));
  if (shown && !known) insert(pages, notice);
  return { ...list, pages };
}

/** How much one change adds to the number of unread notices. */
export function unreadAdded(before: Notice['state'], after: Notice['state']): number {
  return Number(after === 'unread') - Number(before === 'unread');
}

function insert(pages: Page[], notice: Notice): void {
  for (const page of pages) {
    const at = page.items.findIndex((one) => one.createdAt < notice.createdAt);
    if (at < 0) continue;
    page.items.splice(at, 0, notice);
    return;
  }
  // Older than everything that is here: it has its place only where nothing older can still come.
  const last = pages.at(-1);
  if (last && !last.nextCursor) last.items.push(notice);
}
