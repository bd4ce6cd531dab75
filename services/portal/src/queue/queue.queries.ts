import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, data, ifMatch, once, type Schemas } from '../api/client.js';
import { inTurn } from '../api/in-turn.js';
import { change, useWrite } from '../api/write.js';
import { type State, VIEWS, type View } from './next-states.js';

export type Interest = Schemas['Interest'];
export type HelpRequest = Schemas['HelpRequest'];

const PAGE = 100;
/** More experts than this many pages nobody reads in a table. */
const PAGES = 5;

/** A list, and whether there is more of it than was asked for. */
interface Listed<T> {
  items: T[];
  more: boolean;
}

/** The questions of one list, what presses most first. */
export function useInterests(view: View) {
  return useQuery({
    queryKey: ['interests', 'queue', view],
    queryFn: async ({ signal }): Promise<Listed<Interest>> => {
      const pages = await Promise.all(
        VIEWS[view].map((query) =>
          data(api.GET('/v1/interests', { params: { query: { ...query, limit: PAGE } }, signal })),
        ),
      );
      const items = pages.flatMap((page) => page.items).sort((one, other) => one.dueAt.localeCompare(other.dueAt));
      return { items, more: pages.some(({ nextCursor }) => nextCursor) };
    },
  });
}

/** What firms and experts ask the coordinators, who has waited longest first. */
export function useQuestions() {
  return useQuery({
    queryKey: ['help', 'queue'],
    queryFn: async ({ signal }): Promise<Listed<HelpRequest>> => {
      const query = { state: 'open', limit: PAGE } as const;
      const { items, nextCursor } = await data(api.GET('/v1/help-requests', { params: { query }, signal }));
      return { items, more: Boolean(nextCursor) };
    },
  });
}

/** Answers a question. */
export function useAdvice({ id, revision }: HelpRequest, done: () => void) {
  const client = useQueryClient();
  return useWrite({
    write: (text: string, key) => {
      const params = { path: { id }, header: { ...once(key), ...ifMatch({ revision }) } };
      return data(api.POST('/v1/help-requests/{id}/answer', { params, body: { text } }));
    },
    // Only then: what a refusal says, and what was written, stay on the screen.
    done: () => {
      void client.invalidateQueries({ queryKey: ['help'] });
      done();
    },
  });
}

/** Who says that a firm is theirs. */
export function useClaims(enabled: boolean) {
  return useQuery({
    queryKey: ['claims', 'queue'],
    queryFn: async ({ signal }): Promise<Listed<Schemas['Claim']>> => {
      const query = { state: 'pending', limit: PAGE } as const;
      const { items, nextCursor } = await data(api.GET('/v1/claims', { params: { query }, signal }));
      return { items, more: Boolean(nextCursor) };
    },
    enabled,
  });
}

/** The firm of a claim; shared with whatever else shows it. */
export function useCompany(id: string) {
  return useQuery({
    queryKey: ['company', id],
    queryFn: ({ signal }) => data(api.GET('/v1/companies/{id}', { params: { path: { id } }, signal })),
  });
}

export interface Loaded {
  id: string;
  name: string;
  country: string;
  territory: string | null;
  capacity: number;
  away: Schemas['Expert']['away'];
  load: Schemas['Load'];
}

/** The experts with what they have in hand; who was never asked has nothing. */
export function useLoads(enabled: boolean) {
  return useQuery({
    queryKey: ['loads', 'queue'],
    queryFn: async ({ signal }): Promise<Listed<Loaded>> => {
      const [loads, experts] = await Promise.all([
        everything((cursor) => data(api.GET('/v1/loads', { params: { query: page(cursor) }, signal }))),
        everything((cursor) => data(api.GET('/v1/experts', { params: { query: page(cursor) }, signal }))),
      ]);
      const known = new Map(loads.items.map((load) => [load.expertId, load]));
      const items = experts.items.map(({ id, name, country, territory, capacity, away }) => {
        const load = known.get(id) ?? { expertId: id, open: 0, asked: 0, responseRate: null, medianHours: null };
        return { id, name, country, territory, capacity, away, load };
      });
      return { items, more: experts.more };
    },
    enabled,
  });
}

const page = (cursor: string | undefined) => ({ limit: PAGE, ...(cursor && { cursor }) });

async function everything<T>(
  read: (cursor: string | undefined) => Promise<{ items: T[]; nextCursor?: string | null }>,
): Promise<Listed<T>> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < PAGES; pages++) {
    const found = await read(cursor);
    items.push(...found.items);
    cursor = found.nextCursor ?? undefined;
    if (!cursor) return { items, more: false };
  }
  return { items, more: true };
}

export interface Led {
  interest: Interest;
  state: State;
  achievement?: NonNullable<Interest['achievement']>;
}

/** Says how far talks are, or how they ended. */
export function useLead(view: View, done: (interest: Interest) => void) {
  return useWrite<Led, Interest>({
    write: ({ interest, state, achievement }, key) =>
      inTurn(interest.id, () => {
        const params = { path: { id: interest.id }, header: { ...ifMatch(interest), ...once(key) } };
        const body = { state, ...(achievement && { achievement }) };
        return data(api.PATCH('/v1/interests/{id}', { params, body }));
      }),
    atOnce: ({ interest, state }) => [
      change<Listed<Interest>>(['interests', 'queue', view], (list) => ({
        ...list,
        items: list.items.map((one) => (one.id === interest.id ? { ...one, state } : one)),
      })),
    ],
    stale: [['interests'], ['loads']],
    done,
  });
}

/** Says whether a firm is theirs who say so. */
export function useDecision(done: (confirmed: boolean) => void) {
  return useWrite<{ id: string; confirm: boolean }, Schemas['Claim']>({
    write: ({ id, confirm }) => {
      const request = { params: { path: { id } }, body: {} };
      return data(confirm ? api.POST('/v1/claims/{id}/confirm', request) : api.POST('/v1/claims/{id}/refuse', request));
    },
    stale: [['claims']],
    done: (_, { confirm }) => done(confirm),
  });
}
