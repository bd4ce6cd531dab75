import type { Platform } from './platform.js';

/** An open inbox stream; `text()` is all that has come so far. */
export async function openStream(platform: Platform, as: string): Promise<{ text: () => string; close: () => void }> {
  const abort = new AbortController();
  const response = await fetch(`${platform.run().gateway}/v1/inbox/stream`, {
    headers: { authorization: `Bearer ${await platform.token(as)}` },
    signal: abort.signal,
  });
  if (!response.headers.get('content-type')?.includes('text/event-stream'))
    throw new Error(`${response.status}: no event stream`);
  let received = '';
  const decoder = new TextDecoder();
  const reading = (async () => {
    for await (const chunk of response.body!) received += decoder.decode(chunk as Uint8Array, { stream: true });
  })();
  reading.catch(() => {});
  return { text: () => received, close: () => abort.abort() };
}
