import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use } from 'react';
import { data, type Session, sessionApi } from '../api/client.js';
import { ProblemError } from '../api/problem.js';
import { asProblem } from '../api/write.js';
import { Loading, ProblemNote } from '../parts/states.js';
import { currentRole, takeRole } from './session.store.js';

const Current = createContext<Session | undefined>(undefined);

/** Who is signed in. Only below `SignedIn`. */
export function useSession(): Session {
  const session = use(Current);
  if (!session) throw new Error('useSession is used outside of SignedIn');
  return session;
}

/** Acts from now on in another role: everything that was read as somebody else is forgotten. */
export function useRoleSwitch(): (role: string) => void {
  const client = useQueryClient();
  return (role) => {
    takeRole(role);
    void client.resetQueries();
  };
}

async function readSession(): Promise<Session | null> {
  try {
    return await data(sessionApi.GET('/auth/session'));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (error.status === 401) return null;
    // A role that was taken back, or one of somebody who used this browser before.
    if (error.status !== 403 || currentRole() === undefined) throw error;
    takeRole(undefined);
    return data(sessionApi.GET('/auth/session'));
  }
}

/** Shows its children to who is signed in, and `otherwise` to who is not. */
export function SignedIn({ children, otherwise }: { children: ReactNode; otherwise: ReactNode }) {
  const query = useQuery({ queryKey: ['session'], queryFn: readSession, staleTime: Number.POSITIVE_INFINITY });
  if (query.data) return <Current value={query.data}>{children}</Current>;
  if (query.data === null) return otherwise;
  if (query.error) return <ProblemNote problem={asProblem(query.error)} again={() => void query.refetch()} />;
  return <Loading />;
}

/** Ends the session here and, where it can be done, at the issuer. */
export async function signOut(): Promise<void> {
  const { issuer } = await data(sessionApi.POST('/auth/logout'));
  takeRole(undefined);
  window.location.assign(issuer ?? '/');
}

/** Where one signs in to come back to the page that is open. */
export function signInAddress(returnTo = window.location.pathname + window.location.search): string {
  return `/auth/login?${new URLSearchParams({ returnTo })}`;
}
