import { v5 as uuidv5, validate } from 'uuid';
import { type Envelope, EVENTS, type EventContract, envelopeSchema } from '#libs/contracts';
import type { Queued } from './event-queue.js';

/** A message as it came, free of the library that brought it. */
export interface RawMessage {
  /** Where the stream keeps it, `<stream>:<sequence>:<time>`: names a message that cannot name itself. */
  place: string;
  subject: string;
  messageId?: string;
  raw: Uint8Array;
  /** 1 at the first delivery. */
  deliveries: number;
}

/** A message that was read, or of which is known why it cannot be. */
export interface Delivery extends Queued {
  eventId: string;
  fullSubject: string;
  raw: Uint8Array;
  deliveries: number;
  envelope?: Envelope;
  data?: unknown;
  /** Why it can never be handled. */
  unreadable?: string;
}

// Only has to be the same for ever, so that a message without an id of its own always gets the same one.
const NAMESPACE = '6f1f6bd6-3b0c-4b7e-9d5e-0a52b6a1a0a7';

/**
 * Reads a message for a service that handles `contracts` (by subject without the aggregate's id). Undefined when it is none of its business:
 * another fact, or a version that the contracts know and this service need not hear.
 */
export function readDelivery(message: RawMessage, contracts: ReadonlyMap<string, EventContract>): Delivery | undefined {
  const [owner, fact, version, aggregateId] = message.subject.split('.');
  const subject = `${owner}.${fact}.${version}`;
  const contract = contracts.get(subject);
  const envelope = contract || concerns(`${owner}.${fact}`, subject, contracts) ? readEnvelope(message.raw) : undefined;
  if (!contract && !envelope) return undefined;
  const delivery: Delivery = {
    subject,
    aggregateId: aggregateId ?? message.place,
    suspect: message.deliveries > 1,
    eventId: [envelope?.id, message.messageId].find((id) => id && validate(id)) ?? uuidv5(message.place, NAMESPACE),
    fullSubject: message.subject,
    raw: message.raw,
    deliveries: message.deliveries,
  };
  if (!contract) return { ...delivery, unreadable: 'this version of the event is unknown' };
  const read = envelopeSchema.safeParse(envelope);
  if (!read.success) return { ...delivery, unreadable: 'it is no event: the envelope is damaged' };
  if (read.data.type !== contract.type) return { ...delivery, unreadable: `its type is not ${contract.type}` };
  const data = contract.data.safeParse(read.data.data);
  if (!data.success) {
    // The places only: a value must not find its way into a dead letter's error.
    const places = data.error.issues.map((issue) => `/${issue.path.join('/')} (${issue.code})`);
    return { ...delivery, unreadable: `it does not fit its schema at ${places.join(', ')}` };
  }
  return { ...delivery, envelope: read.data as Envelope, data: data.data };
}

/** An unknown version of a fact that is handled in another one: ignoring it would lose it silently. */
function concerns(fact: string, subject: string, contracts: ReadonlyMap<string, EventContract>): boolean {
  if (EVENTS.some((known) => known.subject === subject)) return false;
  return [...contracts.values()].some((handled) => `${handled.owner}.${handled.fact}` === fact);
}

function readEnvelope(raw: Uint8Array): Partial<Envelope> {
  try {
    const value: unknown = JSON.parse(Buffer.from(raw).toString('utf8'));
    return value && typeof value === 'object' ? value : {};
  } catch {
    return {};
  }
}
