import { idSchema, Problem } from '#libs/contracts';

/** The opaque cursor of the page that begins after this id. */
export function cursorAfter(id: string): string {
  return Buffer.from(id).toString('base64url');
}

/** The id in a cursor; undefined for the first page. Throws a Problem on anything that was not made by `cursorAfter`. */
export function idOfCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const id = idSchema.safeParse(Buffer.from(cursor, 'base64url').toString());
  if (id.success) return id.data;
  const detail = 'must be the `nextCursor` of a page before';
  throw new Problem('invalid-query', `cursor ${detail}.`, [{ pointer: '?cursor', detail }]);
}

/** Cuts a page off rows of which one more than `limit` was asked for. */
export function pageOfRows<T extends { id: string }>(
  rows: T[],
  limit: number,
): { rows: T[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, nextCursor: rows.length > limit && last ? cursorAfter(last.id) : null };
}
