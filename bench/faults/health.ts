/** Where something says whether it is ready, with the key it asks for; or, where it says nothing, whether it runs. */
export type Health = { url: string; key?: string } | { runs: boolean };

/** What keeps something from being ready, in its own words; empty when nothing does. */
export async function problemsOf(find: () => Health): Promise<string[]> {
  try {
    const health = find();
    if ('runs' in health) return health.runs ? [] : ['does not run'];
    const { url, key } = health;
    const headers = key ? { authorization: `Bearer ${key}` } : {};
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(2500) });
    if (answer.ok) return [];
    return ((await answer.json()) as { problems?: string[] }).problems ?? [`${answer.status}`];
  } catch (error) {
    // Engines that are being started have no address yet.
    return [(error as Error).message];
  }
}
