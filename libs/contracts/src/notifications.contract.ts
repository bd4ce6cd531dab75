import { z } from 'zod';
import { reasonSchema } from './ranked.contract.js';
import { defineRpc, pageOf, pageQuery } from './rpc.js';
import { idSchema, revisionSchema } from './text.js';

/**
 * Kinds of notices, and whom they are for. suggested: an expert or firm that was suggested to a need · suggestions-ready: the firm whose need found
 * somebody · interest-received, interest-reminder: who is asked · interest-answered: who asked · contact-open: who accepted · interest-expired,
 * interest-withdrawn: both sides · help-answered: who asked a coordinator · alert-hit: the owner of a saved search · opportunity-expiring: the firm that owns it · address-refused,
 * webhook-disabled: whose mail address or webhook does not work.
 */
export const NOTICE_KINDS = [
  'suggested',
  'suggestions-ready',
  'interest-received',
  'interest-answered',
  'contact-open',
  'interest-reminder',
  'interest-expired',
  'interest-withdrawn',
  'help-answered',
  'alert-hit',
  'opportunity-expiring',
  'address-refused',
  'webhook-disabled',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];
/** Kinds that somebody may want no more of for one reason. Requests and their answers are not among them: whoever mutes those lets others wait. */
export const MUTABLE_KINDS = ['suggested', 'suggestions-ready', 'alert-hit', 'opportunity-expiring'] as const;
/** A snoozed notice is unread again at its time. */
export const NOTICE_STATES = ['unread', 'read', 'done', 'snoozed'] as const;

/** Why somebody is told at all. */
export const BECAUSE_CODES = ['competence', 'match', 'owner', 'asked', 'asker', 'side', 'alert', 'channel'] as const;
export const becauseSchema = z.object({
  code: z
    .enum(BECAUSE_CODES)
    .describe(
      'competence: one of the own competences matches · match: something else does · owner: it is about the own opportunity · asked, asker, side: of an interest, or of a question to a coordinator · alert: a saved search · channel: an address or webhook',
    ),
  competence: z.string().nullable().describe('With code competence: its id'),
  text: z.string().describe("The sentence, in the reader's language"),
  mutable: z.boolean().describe('Whether POST /v1/inbox/{id}/mute takes it'),
});
export type Because = z.infer<typeof becauseSchema>;

export const noticeSchema = z.object({
  id: idSchema,
  revision: revisionSchema,
  kind: z.enum(NOTICE_KINDS),
  state: z.enum(NOTICE_STATES),
  snoozedUntil: z.iso.datetime().nullable(),
  title: z.string().describe("Who needs what, in the reader's language"),
  text: z.string().describe('Why you, and what to do next'),
  because: becauseSchema,
  reasons: z.array(reasonSchema),
  refs: z.object({
    opportunityId: idSchema.optional(),
    suggestionId: idSchema.optional(),
    interestId: idSchema.optional(),
    helpRequestId: idSchema.optional(),
    alertId: idSchema.optional(),
    webhookId: idSchema.optional(),
  }),
  createdAt: z.iso.datetime(),
});
export type Notice = z.infer<typeof noticeSchema>;

/** What one reader changes of a notice. `snoozedUntil` goes with `snoozed`, and with nothing else. */
export const noticeChangeSchema = z
  .strictObject({
    state: z.enum(NOTICE_STATES),
    snoozedUntil: z.iso.datetime({ offset: true }).optional().describe('With state snoozed: when it is unread again'),
  })
  .refine(({ state, snoozedUntil }) => (state === 'snoozed') === (snoozedUntil !== undefined), {
    path: ['snoozedUntil'],
    message: 'goes with state snoozed, and is needed there',
  });

/** Notices for this reason are kept in the inbox as done, without a mail, a webhook or a place among the unread. */
export const muteSchema = z.object({
  id: idSchema,
  kind: z.enum(NOTICE_KINDS),
  competence: z.string().nullable().describe('Only where this competence is the reason; null: all of the kind'),
  label: z.string().nullable().describe("The competence's name in the caller's language"),
  createdAt: z.iso.datetime(),
});
export type Mute = z.infer<typeof muteSchema>;

export const notificationsRpc = {
  /** The caller's own notices, newest first. */
  inbox: defineRpc(
    'notifications.inbox',
    z.strictObject({
      state: z.enum(NOTICE_STATES).optional(),
      after: idSchema.optional().describe('Only notices newer than this one, oldest first'),
      ...pageQuery,
    }),
    pageOf(noticeSchema).extend({ unread: z.int() }),
  ),
  update: defineRpc(
    'notifications.update',
    z.strictObject({ id: idSchema, revision: revisionSchema, change: noticeChangeSchema }),
    noticeSchema,
  ),
  /** No more notices for the reason of this one. Saying so twice is the same as once. */
  mute: defineRpc('notifications.mute', z.strictObject({ id: idSchema }), muteSchema),
};

/** Core NATS subject on which a freshly committed notice is hinted to open streams; the inbox stays the truth. Payload `{ id }`. Recipient as `firm.<id>` or `expert.<id>`. */
export const inboxHintSubject = (recipient: { kind: 'firm' | 'expert'; id: string }): string =>
  `hint.inbox.${recipient.kind}.${recipient.id}`;
