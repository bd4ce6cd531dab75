import { z } from 'zod';
import { reasonSchema } from './matching.contract.js';
import { defineRpc, pageOf, pageQuery } from './rpc.js';
import { idSchema, revisionSchema } from './text.js';

/** Kinds of notices. suggested: to an expert or firm that was suggested to a need. suggestions-ready: to the firm whose need found somebody. */
export const NOTICE_KINDS = ['suggested', 'suggestions-ready'] as const;
export const NOTICE_STATES = ['unread', 'read', 'done'] as const;

export const noticeSchema = z.object({
  id: idSchema,
  revision: revisionSchema,
  kind: z.enum(NOTICE_KINDS),
  state: z.enum(NOTICE_STATES),
  title: z.string().describe("Who needs what, in the reader's language"),
  text: z.string().describe('Why you, and what to do next'),
  reasons: z.array(reasonSchema),
  refs: z.object({
    opportunityId: idSchema.optional(),
    suggestionId: idSchema.optional(),
    interestId: idSchema.optional(),
  }),
  createdAt: z.iso.datetime(),
});
export type Notice = z.infer<typeof noticeSchema>;

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
    z.strictObject({ id: idSchema, revision: revisionSchema, state: z.enum(['unread', 'read', 'done']) }),
    noticeSchema,
  ),
};

/** Core NATS subject on which a freshly committed notice is hinted to open streams; the inbox stays the truth. Payload `{ id }`. Recipient as `firm.<id>` or `expert.<id>`. */
export const inboxHintSubject = (recipient: { kind: 'firm' | 'expert'; id: string }): string =>
  `hint.inbox.${recipient.kind}.${recipient.id}`;
