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
    const place: Place = {};
    let leaving: AbortController | undefined;
    // Browsers open few connections to one site: pages in the background leave theirs to the one that is read.
    const follow = () => {
      leaving?.abort();
      if (document.visibilityState === 'hidden') return;
      leaving = new AbortController();
      void listen(leaving.signal, place, (notice) => {
        void client.invalidateQueries({ queryKey: ['inbox'] });
        latest.current(notice);
      });
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      leaving?.abort();
    };
  }, [client]);
}

/** How far the stream was read, to go on from there. */
interface Place {
  last?: string;
}

async function listen(signal: AbortSignal, place: Place, heard: (notice: Schemas['Notice']) => void): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      const headers = { Accept: 'text/event-stream' };
      const params = { header: place.last ? { 'Last-Event-ID': place.last } : {} };
      const { response } = await api.GET('/v1/inbox/stream', { params, headers, signal, parseAs: 'stream' });
      failures = 0;
      const reader = new EventReader();
      for await (const piece of pieces(response.body)) {
        for (const { id, event, data } of reader.read(piece)) {
          if (id) place.last = id;
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
