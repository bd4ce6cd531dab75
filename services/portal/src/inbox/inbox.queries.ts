import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { api, data, ifMatch, nextCursor, once, type Schemas } from '../api/client.js';
import { inTurn } from '../api/in-turn.js';
import { ProblemError } from '../api/problem.js';
import { change, useWrite } from '../api/write.js';
import { type Filter, type Page, type Pages, unreadAdded, withNotice } from './pages.js';

type Notice = Schemas['Notice'];

const PAGE = 20;
const listKey = (filter: Filter) => ['inbox', 'list', filter];
const UNREAD = ['inbox', 'unread'];

/** A page after the other of one's notices, newest first. */
export function useInbox(filter: Filter) {
  return useInfiniteQuery({
    queryKey: listKey(filter),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const query = {
        limit: PAGE,
        ...(filter !== 'all' && { state: filter }),
        ...(pageParam && { cursor: pageParam }),
      };
      return data(api.GET('/v1/inbox', { params: { query }, signal }));
    },
    getNextPageParam: nextCursor,
  });
}

export interface Wish {
  notice: Notice;
  state: Notice['state'];
  until?: Date;
}

/** What was last wished for each notice: an older wish that is still waiting is then passed over. */
const latest = new Map<string, Wish>();
/** The revisions that our own changes made: the screen may not have read them yet. */
const revisions = new Map<string, number>();

/** Changes what one notice is: shown at once, sent in turn. */
export function useNoticeState(filter: Filter): (wish: Wish) => void {
  const client = useQueryClient();
  const { send } = useWrite<Wish, Notice | undefined>({
    write: (wish, key) => inTurn(wish.notice.id, () => changed(wish, key)),
    atOnce: ({ notice, state, until }) => {
      const next: Notice = { ...notice, state, snoozedUntil: until?.toISOString() ?? null };
      const unread = unreadAdded(notice.state, state);
      return [
        change<Pages>(listKey(filter), (list) => withNotice(list, filter, next)),
        change<Page>(UNREAD, (page) => ({ ...page, unread: Math.max(0, page.unread + unread) })),
      ];
    },
    done: (notice, wish) => {
      if (notice && latest.get(notice.id) === wish)
        client.setQueryData<Pages>(listKey(filter), (list) => list && withNotice(list, filter, notice));
      // The lists that are not looked at are read anew when they are. This one is right already, and others may be on their way.
      void client.invalidateQueries({ queryKey: ['inbox', 'list'], refetchType: 'none' });
      if (client.isMutating() <= 1) void client.invalidateQueries({ queryKey: UNREAD });
    },
  });
  return (wish) => {
    latest.set(wish.notice.id, wish);
    send(wish);
  };

  async function changed(wish: Wish, key: string): Promise<Notice | undefined> {
    const { id, revision } = wish.notice;
    if (latest.get(id) !== wish) return undefined;
    const known = { revision: Math.max(revision, revisions.get(id) ?? 0) };
    const body = { state: wish.state, ...(wish.until && { snoozedUntil: wish.until.toISOString() }) };
    try {
      const params = { path: { id }, header: { ...ifMatch(known), ...once(key) } };
      const notice = await data(api.PATCH('/v1/inbox/{id}', { params, body }));
      revisions.set(id, notice.revision);
      return notice;
    } catch (error) {
      // It is something else by now, or gone: the list is read anew.
      if (error instanceof ProblemError && !error.passing) void client.invalidateQueries({ queryKey: ['inbox'] });
      throw error;
    }
  }
}

/** No more notices for the reason of this one; `done` hears the mute, by which it can be ended. */
export function useMute(filter: Filter, done: (mute: Schemas['Mute'], notice: Notice) => void) {
  return useWrite<Notice, Schemas['Mute']>({
    write: ({ id }) => data(api.POST('/v1/inbox/{id}/mute', { params: { path: { id } }, body: {} })),
    atOnce: (notice) => [
      change<Pages>(listKey(filter), (list) =>
        withNotice(list, filter, { ...notice, state: 'done', snoozedUntil: null }),
      ),
      change<Page>(UNREAD, (page) => ({
        ...page,
        unread: Math.max(0, page.unread + unreadAdded(notice.state, 'done')),
      })),
    ],
    stale: [['inbox'], ['preferences']],
    done,
  });
}

/** Ends a mute. The notice by which it came about stays as it is. */
export function useUnmute(done: () => void) {
  return useWrite<string, unknown>({
    write: (id) => data(api.DELETE('/v1/preferences/mutes/{id}', { params: { path: { id } } })),
    stale: [['inbox'], ['preferences']],
    done,
  });
}
