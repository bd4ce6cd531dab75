import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { grantRole, roleNamed } from '../commands/grant.js';
import { TestIssuer } from '../services/gateway/test/test-issuer.js';
import { asking, databaseUrl, type Platform, startPlatform } from './platform.js';

/** A platform whose people sign in at another issuer: their subjects say nothing, and what they are stands in the memberships of the access service. */
export interface Peopled extends Platform {
  issuer: TestIssuer;
  /** The opaque subject of the person whose token `token(as)` is. */
  subject(as: string): string;
  /** A new person, with a role by its name (`firm:<id>:editor`, `coordinator:ITC43`) or with none; their bearer token. */
  newcomer(as?: string): Promise<string>;
  /** The id by which the platform knows the person behind a token who has no role. */
  personOf(bearer: string): Promise<string>;
}

/** Starts the platform with an issuer of the test's own. `token('admin')` and its like give each role a person. */
export async function startWithPeople(env: Record<string, string> = {}): Promise<Peopled> {
  const issuer = await TestIssuer.start();
  // A key pair whose public half may be tried as a secret (HS256).
  await issuer.rotate('the only one', 'RS256');
  const platform = await startPlatform(['--no-sample'], { ...env, OIDC_ISSUER: issuer.url });
  const access = await new DataSource({ type: 'postgres', url: await databaseUrl(platform, 'access') }).initialize();
  const subjects = new Map<string, string>();
  const tokens = new Map<string, Promise<string>>();
  const signIn = async (subject: string, as: string | undefined) => {
    if (as)
      await grantRole(access.manager, { issuer: issuer.url, subject, role: roleNamed(as), by: 'the matrix of access' });
    return issuer.token(subject);
  };
  const subject = (as: string) => {
    if (!subjects.has(as)) subjects.set(as, randomUUID());
    return subjects.get(as)!;
  };
  const token = (as: string) => {
    if (!tokens.has(as)) tokens.set(as, signIn(subject(as), as));
    return tokens.get(as)!;
  };
  return {
    ...platform,
    issuer,
    subject,
    token,
    ask: asking(platform.run, token),
    newcomer: (as) => signIn(randomUUID(), as),
    async personOf(bearer) {
      const answer = await fetch(`${platform.run().gateway}/auth/session`, {
        headers: { authorization: `Bearer ${bearer}` },
      });
      const { actor } = (await answer.json()) as { actor: { id: string } };
      return actor.id;
    },
    async stop() {
      await access.destroy();
      await platform.stop();
      await issuer.stop();
    },
  };
}
