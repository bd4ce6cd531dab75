import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { WebhookMessage } from '#libs/contracts';
import type { NoticeEntity } from '../notice/notice.entity.js';
import { refsOf } from '../notice/refs.js';

/** A new signing secret, 256 bits, in the notation of Standard Webhooks. */
export function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/** The type of the message about a notice; the type of a test is `ping`. */
export const typeOf = (kind: string): string => `notice.${kind}`;
export const PING = 'ping';

/** What is posted about a notice: ids and codes. */
export function messageOf(notice: NoticeEntity): WebhookMessage {
  const { id, kind, recipientKind, recipientId } = notice;
  const createdAt = notice.createdAt.toISOString();
  const recipient = { kind: recipientKind, id: recipientId };
  return { type: typeOf(kind), timestamp: createdAt, data: { id, kind, refs: refsOf(notice), recipient, createdAt } };
}

/** What is posted to try an endpoint. */
export function pingOf(webhookId: string, at: Date) {
  return { type: PING, timestamp: at.toISOString(), data: { webhookId } };
}

/** The headers of Standard Webhooks, with a signature by each of the secrets. `at` is the moment of sending: receivers refuse what is older than five minutes. */
export function signedHeaders(id: string, at: Date, body: string, secrets: string[]): Record<string, string> {
  return {
    'user-agent': 'Ceresio',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}
