import { z } from 'zod';
import { baseConfig, databaseConfig } from '#libs/service';

const NO_DOMAIN = 'localhost';

export const configSchema = z
  .object({
    ...baseConfig,
    ...databaseConfig,
    /** smtp:// or smtps://, with user and password where the server wants them. Without it nobody is written to by e-mail. */
    SMTP_URL: z
      .string()
      .regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://')
      .optional(),
    /** Who the mails come from: `Name <address>`. */
    MAIL_FROM: z
      .string()
      .regex(/@[^\s<>@]+>?\s*$/, 'must be an address, or a name and an address in angle brackets')
      .default(`Ceresio <ceresio@${NO_DOMAIN}>`),
    /** Mails that one recipient gets in a day, where they chose no other number; what would be more goes into their next digest. */
    MAILS_PER_DAY: z.coerce.number().int().min(1).max(50).default(6),
    /** When nobody is written to who chose no other hours: `20:00-07:00` of their own clock, or `off`. */
    QUIET_HOURS: z
      .string()
      .regex(
        /^(off|([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)$/,
        'must be two times of day such as 20:00-07:00, or off',
      )
      .default('20:00-07:00')
      .transform((hours) => {
        const [from, to] = hours.split('-');
        return from && to && from !== to ? { from, to } : null;
      }),
    /** Where the gateway is reached from outside, for the addresses in mails. */
    PUBLIC_URL: z
      .url({ protocol: /^https?$/ })
      .default('http://127.0.0.1:3000')
      .transform((url) => url.replace(/\/+$/, '')),
    /** Ports that webhooks are sent to, with commas between. */
    WEBHOOK_PORTS: z
      .string()
      .regex(/^\d{1,5}(,\d{1,5})*$/, 'must be port numbers with commas between')
      .default('443,80,8443')
      .transform((ports) => ports.split(',').map(Number)),
    /** Lets webhooks go to addresses inside of networks. For development and tests: refused in production. */
    WEBHOOK_ALLOW_PRIVATE: z.stringbool().default(false),
  })
  .refine((config) => config.NODE_ENV !== 'production' || !config.WEBHOOK_ALLOW_PRIVATE, {
    path: ['WEBHOOK_ALLOW_PRIVATE'],
    message: 'must not be set in production',
  })
  .refine((config) => config.NODE_ENV !== 'production' || !config.SMTP_URL || !config.MAIL_FROM.includes(NO_DOMAIN), {
    path: ['MAIL_FROM'],
    message: 'is needed in production where SMTP_URL is set',
  });
export type Config = z.output<typeof configSchema>;

/** Injection token of the parsed configuration. */
export const CONFIG = Symbol('config');
