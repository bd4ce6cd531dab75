import { z } from 'zod';

/** A fact that a service tells others: ids, revision, codes and figures only (notify and fetch). */
export interface EventContract<T extends z.ZodType = z.ZodType> {
  readonly owner: string;
  readonly fact: string;
  readonly version: number;
  /** `<fact>.v<N>`, the CloudEvents type. */
  readonly type: string;
  /** `<owner>.<fact>.v<N>`; the aggregate's id follows as the last token of the subject. */
  readonly subject: string;
  readonly data: T;
  readonly doc: string;
}

export const EVENTS: EventContract[] = [];

/** Declares an event. Within a version only optional fields may be added; anything else is a new version beside the old one. */
export function defineEvent<T extends z.ZodObject>(
  owner: string,
  fact: string,
  version: number,
  data: T,
  doc: string,
): EventContract<T> {
  const type = `${fact}.v${version}`;
  // Strip, not strict: a newer publisher may add optional fields that this reader does not know yet.
  const contract = { owner, fact, version, type, subject: `${owner}.${type}`, data: z.object(data.shape), doc };
  EVENTS.push(contract);
  return contract as unknown as EventContract<T>;
}

/** The envelope on the wire: CloudEvents 1.0, structured mode. `id` is the outbox row's id (UUIDv7) and the `Nats-Msg-Id`. */
export const envelopeSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  source: z.string(),
  type: z.string(),
  subject: z.string(),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  data: z.unknown(),
});
export type Envelope<T = unknown> = Omit<z.infer<typeof envelopeSchema>, 'data'> & { data: T };

/** Stream that carries an owner's events. */
export const streamOf = (owner: string): string => owner.toUpperCase();
