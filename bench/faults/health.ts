import pg from 'pg';

/** Where something says whether it is ready, with the key it asks for; of a database, where it takes connections. */
export type Health = { url: string; key?: string } | { database: string };

/** The only problem of what does not run, or not yet. */
export const UNREACHABLE = 'it does not answer';

/** What keeps something from being ready, in its own words; empty when nothing does. */
export async function problemsOf(find: () => Health): Promise<string[]> {
  try {
    const health = find();
    if ('database' in health) {
      const client = new pg.Client({ connectionString: health.database, connectionTimeoutMillis: 2500 });
      client.on('error', () => {});
      await client.connect().finally(() => client.end().catch(() => {}));
      return [];
    }
    const { url, key } = health;
    const headers = key ? { authorization: `Bearer ${key}` } : {};
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(2500) });
    if (answer.ok) return [];
    return ((await answer.json()) as { problems?: string[] }).problems ?? [`${answer.status}`];
  } catch (error) {
    // Engines that are being started have no address yet.
    const { message } = error as Error;
    return [message === 'fetch failed' ? UNREACHABLE : message];
  }
}
