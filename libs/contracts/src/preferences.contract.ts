import { z } from 'zod';
import { langSchema } from './language.js';
import { muteSchema, NOTICE_KINDS, type NoticeKind } from './notifications.contract.js';
import { defineRpc, pageOf } from './rpc.js';
import { idSchema, revisionSchema } from './text.js';

/** now: as soon as quiet hours, pause and cap allow · daily, weekly: in one mail with everything else that fell in · never. */
export const RHYTHMS = ['now', 'daily', 'weekly', 'never'] as const;
export type Rhythm = (typeof RHYTHMS)[number];

/** The channels whose rhythm a person chooses. The inbox always has everything at once; programs are told at once or not at all. */
const rhythmsSchema = z.strictObject({
  inbox: z.literal('now').default('now'),
  email: z.enum(RHYTHMS),
  webhook: z.enum(['now', 'never']),
});
export type Rhythms = z.infer<typeof rhythmsSchema>;

const byKind = <T extends z.ZodType>(value: T) =>
  z.strictObject(Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, value])) as Record<NoticeKind, T>);

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 20:00');
const quietHoursSchema = z
  .strictObject({ from: timeOfDay, to: timeOfDay })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'must differ from `from`' });

const timeZone = z
  .string()
  .max(60)
  .refine((name) => {
    try {
      // Bare offsets are accepted by the runtime, but know no summer time.
      return /^[A-Z]/i.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
    } catch {
      return false;
    }
  }, 'must be an IANA time zone such as Europe/Rome');

const chosen = {
  rhythms: byKind(rhythmsSchema).describe('When each kind of notice goes out on each channel'),
  quietHours: quietHoursSchema.nullable().describe('No mail is sent between these times; null: at any hour'),
  timeZone: timeZone.describe('IANA time zone in which hours and days are meant'),
  pausedUntil: z.iso
    .datetime({ offset: true })
    .nullable()
    .describe('Until then no mail; what came meanwhile is in the next daily mail'),
  lang: langSchema.nullable().describe("Language of the mails; null: the profile's first"),
  mailsPerDay: z.int().min(1).max(50).describe('What would be more goes into the next daily mail'),
};

/** How one wants to be told, as it holds: what was not chosen has its default. */
export const preferencesSchema = z.object({
  id: idSchema.describe('Of the firm or expert'),
  revision: revisionSchema,
  ...chosen,
  mail: z.object({
    refused: z
      .boolean()
      .describe('The mail server refused the address of the profile; nothing is sent until it changes'),
  }),
  mutes: z
    .array(muteSchema)
    .describe('Reasons for which one does not want to be told; more at POST /v1/inbox/{id}/mute'),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** What was chosen. What is left out falls back to its default. */
export const preferenceChoiceSchema = z.strictObject({
  rhythms: byKind(rhythmsSchema.partial().optional()).partial().optional(),
  quietHours: chosen.quietHours.optional(),
  timeZone: chosen.timeZone.optional(),
  pausedUntil: chosen.pausedUntil.optional(),
  lang: chosen.lang.optional(),
  mailsPerDay: chosen.mailsPerDay.optional(),
});
export type PreferenceChoice = z.infer<typeof preferenceChoiceSchema>;

/** The body of a PUT: the choice, or the whole document as it was read; what cannot be chosen is then passed over. */
export const preferencesPutSchema = z
  .strictObject({
    ...preferenceChoiceSchema.shape,
    id: z.unknown().optional(),
    revision: z.unknown().optional(),
    mail: z.unknown().optional(),
    mutes: z.unknown().optional(),
  })
  .transform(({ id: _id, revision: _revision, mail: _mail, mutes: _mutes, ...choice }): PreferenceChoice => choice);

/** A link of a mail: what it would switch off, in the language of that mail. */
export const unsubscriptionSchema = z.object({
  lang: langSchema,
  kinds: z.array(z.enum(NOTICE_KINDS)).describe('No more mails of these kinds'),
  competence: z.string().nullable().describe('The name of the competence that can be muted instead'),
  done: z.boolean().describe('Whether none of these kinds goes out by mail any more'),
});
export type Unsubscription = z.infer<typeof unsubscriptionSchema>;

const token = z.string().regex(/^[\w-]{43}$/, 'is no token');

export const preferencesRpc = {
  get: defineRpc('notifications.preferences', z.strictObject({}), preferencesSchema),
  put: defineRpc(
    'notifications.put-preferences',
    z.strictObject({ revision: revisionSchema, preferences: preferenceChoiceSchema }),
    preferencesSchema,
  ),
  mutes: defineRpc('notifications.mutes', z.strictObject({}), pageOf(muteSchema)),
  unmute: defineRpc('notifications.unmute', z.strictObject({ id: idSchema }), z.object({ id: idSchema })),
  /** Who has the token of a mail may see and use what it switches off, and nothing else. */
  unsubscription: defineRpc('notifications.unsubscription', z.strictObject({ token }), unsubscriptionSchema),
  unsubscribe: defineRpc(
    'notifications.unsubscribe',
    z.strictObject({ token, act: z.enum(['mails', 'mute']).default('mails') }),
    unsubscriptionSchema,
  ),
};
