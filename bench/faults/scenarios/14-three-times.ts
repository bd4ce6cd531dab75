import { setTimeout as pause } from 'node:timers/promises';
import { jetstream } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { CONSUMERS } from '#libs/messaging';
import type { Bench, Scenario } from '../scenario.js';

const WINDOW_MS = 10_000;

interface Event {
  id: string;
  subject: string;
  envelope: string;
}

/** The stream forgets which ids it has seen after its window: from then on only the inboxes know. */
export const scenario: Scenario = {
  number: 14,
  title: 'each event three times, shuffled, after the window',
  settings: { streams: { duplicateWindowMs: WINDOW_MS } },
  async run(bench) {
    await bench.writers.until(1);
    await bench.books.drain();
    const events: Event[] = [];
    for (const service of Object.keys(CONSUMERS))
      events.push(
        ...(await bench.books.sql<Event>(service, 'SELECT id, subject, envelope::text AS envelope FROM outbox')),
      );
    let taken = 0;
    for (let round = 0; round < 2; round++) {
      await pause(WINDOW_MS + 1000);
      taken += await publish(bench, shuffled(events, bench.random));
    }
    bench.note(`${taken} of ${2 * events.length} copies were taken by the streams`);
    bench.claim('the streams took every copy', taken === 2 * events.length);
  },
};

async function publish(bench: Bench, events: readonly Event[]): Promise<number> {
  const js = jetstream(await bench.books.connection());
  let taken = 0;
  for (let from = 0; from < events.length; from += 200) {
    const acks = await Promise.all(
      events.slice(from, from + 200).map(({ id, subject, envelope }) => {
        const header = headers();
        header.set('Nats-Msg-Id', id);
        return js.publish(subject, envelope, { headers: header, timeout: 20_000 });
      }),
    );
    taken += acks.filter((ack) => !ack.duplicate).length;
  }
  return taken;
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other]!, result[last]!];
  }
  return result;
}
