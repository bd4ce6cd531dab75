// NATS takes 256 KiB a message; the rest is room for the envelope.
const ROOM = 180 * 1024;

/**
 * The answer to a batched fetch: as many of `items` as fit into one message, in order, and in `rest` the ids of those that do not.
 * Ids that were asked for but have no item do not exist and appear in neither. One item alone always fits.
 */
export function fitIntoMessage<T extends { id: string }>(
  items: readonly T[],
  ids: readonly string[] = items.map((item) => item.id),
): { items: T[]; rest: string[] } {
  const asked = new Set(ids);
  const fitting: T[] = [];
  let size = 0;
  let next = 0;
  for (; next < items.length; next++) {
    const item = items[next]!;
    if (!asked.has(item.id)) continue;
    size += Buffer.byteLength(JSON.stringify(item)) + 1;
    if (size > ROOM && fitting.length > 0) break;
    fitting.push(item);
  }
  const rest = items.slice(next).flatMap((item) => (asked.has(item.id) ? [item.id] : []));
  return { items: fitting, rest };
}
