import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api, type Schemas } from './client.js';
import { EventReader } from './events.js';
import { ProblemError } from './problem.js';

const AGAIN_MS = 2_000;
const AGAIN_MAX_MS = 60_000;

/** Calls `heard` with each notice as it comes, for as long as the component is there. Comes back by itself, from where it was, when the line was cut. */
export function useNotices(heard: (notice: Schemas['Notice']) => void): void {
  const latest = useRef(heard);
  latest.current = heard;
  const client = useQueryClient();
  useEffect(() => {
    const leaving = new AbortController();
    void listen(leaving.signal, (notice) => {
      void client.invalidateQueries({ queryKey: ['inbox'] });
      latest.current(notice);
    });
    return () => leaving.abort();
  }, [client]);
}

async function listen(signal: AbortSignal, heard: (notice: Schemas['Notice']) => void): Promise<void> {
  let last: string | undefined;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const headers = { Accept: 'text/event-stream' };
      const params = { header: last ? { 'Last-Event-ID': last } : {} };
      const { response } = await api.GET('/v1/inbox/stream', { params, headers, signal, parseAs: 'stream' });
      failures = 0;
      const reader = new EventReader();
      for await (const piece of pieces(response.body)) {
        for (const { id, event, data } of reader.read(piece)) {
          last = id ?? last;
          if (event === 'notice') heard(JSON.parse(data) as Schemas['Notice']);
        }
      }
    } catch (error) {
      failures++;
      // Not for this role, or not signed in: asking again changes nothing.
      if (error instanceof ProblemError && !error.passing && error.status < 500) return;
    }
    await pause(Math.min(AGAIN_MS * 2 ** Math.max(0, failures - 1), AGAIN_MAX_MS), signal);
  }
}

async function* pieces(body: ReadableStream<Uint8Array> | null): AsyncGenerator<string> {
  const reader = body?.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  if (!reader) return;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
