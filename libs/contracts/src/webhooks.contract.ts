import { z } from 'zod';
import { NOTICE_KINDS, noticeSchema } from './notifications.contract.js';
import { defineRpc, pageOf, pageQuery } from './rpc.js';
import { idSchema, revisionSchema, text } from './text.js';

export const WEBHOOK_STATES = ['enabled', 'disabled'] as const;
export const WEBHOOK_DELIVERY_STATES = ['pending', 'sent', 'failed', 'cancelled'] as const;

/** An address that notices are posted to. Whether it may be reached at all is decided when the platform connects. */
const webhookUrl = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((url) => {
    const { username, password, hash } = URL.parse(url) ?? { username: '', password: '', hash: '' };
    return !username && !password && !hash;
  }, 'must have no user, no password and no fragment')
  .describe('Where to; https in production');

export const webhookCreateSchema = z.strictObject({
  url: webhookUrl,
  kinds: z
    .array(z.enum(NOTICE_KINDS))
    .min(1)
    .max(NOTICE_KINDS.length)
    .optional()
    .describe('Only these kinds of notices; all of them when left out'),
  description: text(200).optional(),
});

/** An endpoint of a firm, an expert, or of the platform itself (coordinators: it hears the notices of everybody). */
export const webhookSchema = z.object({
  id: idSchema,
  revision: revisionSchema,
  url: z.string(),
  kinds: z.array(z.enum(NOTICE_KINDS)).nullable(),
  description: z.string().nullable(),
  state: z.enum(WEBHOOK_STATES),
  disabledBecause: z
    .enum(['gone', 'failing'])
    .nullable()
    .describe('gone: it answered 410 · failing: too many attempts in a row did not succeed'),
  failures: z.int().describe('Attempts in a row that did not succeed'),
  lastSentAt: z.iso.datetime().nullable(),
  previousSecretUntil: z.iso
    .datetime()
    .nullable()
    .describe('Until then the secret before the last rotation signs as well'),
  createdAt: z.iso.datetime(),
});
export type WebhookEndpoint = z.infer<typeof webhookSchema>;

/** Shown when it is made and never again. */
const secret = z.string().describe('Signs what is sent (Standard Webhooks, `whsec_…`); shown this once');
export const webhookWithSecretSchema = webhookSchema.extend({ secret });

/** One message to one endpoint. */
export const webhookDeliverySchema = z.object({
  id: idSchema.describe('The `webhook-id` header, the same on every attempt'),
  type: z.string().describe('`notice.<kind>`, or `ping`'),
  noticeId: idSchema.nullable(),
  state: z.enum(WEBHOOK_DELIVERY_STATES),
  attempts: z.int(),
  lastError: z.string().nullable().describe('A code, such as `HTTP 500`, `ECONNREFUSED` or `inside-address`'),
  nextAt: z.iso.datetime().nullable().describe('When it is tried again; null when it is not'),
  sentAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});
export type WebhookDelivery = z.infer<typeof webhookDeliverySchema>;

/** The body of a message: ids and codes only. What it is about is read from the API, so nothing stale or personal travels. */
export const webhookMessageSchema = z.object({
  type: z.string(),
  timestamp: z.iso.datetime().describe('When it happened; when it was sent is in the `webhook-timestamp` header'),
  data: noticeSchema.pick({ id: true, kind: true, refs: true, createdAt: true }).extend({
    recipient: z.object({ kind: z.enum(['firm', 'expert']), id: idSchema }).describe('Whose notice it is'),
  }),
});
export type WebhookMessage = z.infer<typeof webhookMessageSchema>;

const one = z.strictObject({ id: idSchema });
const act = z.strictObject({ id: idSchema, revision: revisionSchema.optional() });

export const webhooksRpc = {
  create: defineRpc('notifications.createWebhook', webhookCreateSchema, webhookWithSecretSchema),
  list: defineRpc('notifications.webhooks', z.strictObject(pageQuery), pageOf(webhookSchema)),
  get: defineRpc('notifications.webhook', one, webhookSchema),
  remove: defineRpc('notifications.removeWebhook', act, one),
  /** A new secret; the one before it signs as well for a day, so that receivers can change over without a gap. */
  rotate: defineRpc('notifications.rotateWebhook', act, webhookWithSecretSchema),
  /** Sends to it again, after whatever switched it off was mended. */
  enable: defineRpc('notifications.enableWebhook', act, webhookSchema),
  /** Sends every notice since then once more, under the ids they had. */
  replay: defineRpc(
    'notifications.replayWebhook',
    act.extend({ since: z.iso.datetime({ offset: true }) }),
    z.object({ queued: z.int().describe('Messages that will be sent') }),
  ),
  /** Sends a `ping`. */
  test: defineRpc('notifications.testWebhook', act, webhookDeliverySchema),
  deliveries: defineRpc(
    'notifications.webhookDeliveries',
    z.strictObject({ id: idSchema, state: z.enum(WEBHOOK_DELIVERY_STATES).optional(), ...pageQuery }),
    pageOf(webhookDeliverySchema),
  ),
};
