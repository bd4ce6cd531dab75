import { z } from 'zod';
import { type LocalIssuer, localToken } from './local-issuer.js';

/** Somebody who can be chosen on the page: the subject, and what it is called. */
export interface Person {
  subject: string;
  name: string;
}

const SHOWN = 100;
const pageSchema = z.object({ items: z.array(z.object({ id: z.uuid(), name: z.string() })) });

/** The firms and experts that the platform knows at this moment, as it tells an administrator; nobody while it is not there. */
export async function knownPeople(
  local: LocalIssuer,
  gateway: string,
): Promise<{ firms: Person[]; experts: Person[] }> {
  const authorization = `Bearer ${await localToken(local, 'admin')}`;
  const list = async (what: string, kind: string): Promise<Person[]> => {
    const answer = await fetch(`${gateway}/v1/${what}?limit=${SHOWN}`, {
      headers: { authorization },
      signal: AbortSignal.timeout(3_000),
    });
    const { items } = pageSchema.parse(await answer.json());
    return items
      .map(({ id, name }) => ({ subject: `${kind}:${id}`, name }))
      .sort((a, b) => a.name.localeCompare(b.name));
  };
  const [firms, experts] = await Promise.all([
    list('companies', 'firm').catch(() => []),
    list('experts', 'expert').catch(() => []),
  ]);
  return { firms, experts };
}
