import { AckPolicy, DeliverPolicy, jetstreamManager } from '@nats-io/jetstream';
import { createInbox, type Msg, type NatsConnection, nanos } from '@nats-io/transport-node';
import { inboxPrefix } from '#libs/messaging';

/** So long nothing comes, and something should: the server cannot read what comes next. */
const SILENCE_MS = 4000;

/**
 * Ids of the messages in a stream, from their headers alone, and the time from which on there may be newer ones. Needs no more rights than to make consumers:
 * the server pushes to an inbox of the caller's, and forgets the consumer by itself. What it cannot read (a damaged file) is passed over.
 */
export async function idsIn(nc: NatsConnection, stream: string, user: string): Promise<Set<string>> {
  const jsm = await jetstreamManager(nc, { checkAPI: false });
  const { state } = await jsm.streams.info(stream);
  const ids = new Set<string>();
  for (let next = state.first_seq; state.messages > 0 && next <= state.last_seq; ) {
    const reached = await pushed(nc, stream, { from: next, to: state.last_seq, user }, (id) => ids.add(id));
    // Nothing more came after the last one: the next cannot be read.
    next = reached > state.last_seq ? reached : Math.max(reached, next) + 1;
  }
  return ids;
}

/** Has the server push headers from a sequence on; answers with the sequence after the last one that came. */
async function pushed(
  nc: NatsConnection,
  stream: string,
  { from, to, user }: { from: number; to: number; user: string },
  take: (id: string) => void,
): Promise<number> {
  const jsm = await jetstreamManager(nc, { checkAPI: false });
  const inbox = createInbox(inboxPrefix(user));
  let next = from;
  let expected = 1;
  return new Promise((resolve, reject) => {
    const end = (error?: Error) => {
      clearTimeout(timer);
      subscription.unsubscribe();
      if (error) reject(error);
      else resolve(next);
    };
    let timer = setTimeout(() => end(), SILENCE_MS);
    const subscription = nc.subscribe(inbox, {
      callback: (error, message: Msg) => {
        if (error) return end(error);
        const at = positionOf(message);
        if (!at) return;
        // A gap is what the connection lost, not what the stream lacks.
        if (at.consumer !== expected++) return end(new Error(`The look at ${stream} was interrupted; run it again.`));
        const id = message.headers?.get('Nats-Msg-Id');
        if (id) take(id);
        next = at.stream + 1;
        if (at.pending === 0 || next > to) {
          next = Math.max(next, to + 1);
          return end();
        }
        timer.refresh();
      },
    });
    jsm.consumers
      .add(stream, {
        deliver_subject: inbox,
        ack_policy: AckPolicy.None,
        deliver_policy: DeliverPolicy.StartSequence,
        opt_start_seq: from,
        headers_only: true,
        mem_storage: true,
        num_replicas: 1,
        inactive_threshold: nanos(10_000),
      })
      .catch(end);
    timer = timer.refresh();
  });
}

/** Where a message stands, from the subject it would be acknowledged on: `$JS.ACK.<stream>.<consumer>.<deliveries>.<stream>.<consumer>.<time>.<pending>`. */
function positionOf({ reply }: Msg): { stream: number; consumer: number; pending: number } | undefined {
  const parts = reply?.split('.') ?? [];
  if (parts[0] !== '$JS' || parts[1] !== 'ACK') return undefined;
  // With a domain and an account's hash between, what counts stands at the end all the same.
  const at = parts.length >= 12 ? 7 : 5;
  const [stream, consumer, , pending] = parts.slice(at, at + 4).map(Number);
  return { stream: stream!, consumer: consumer!, pending: pending! };
}
