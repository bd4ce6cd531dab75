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
    /** Mails that one recipient gets within an hour; further ones wait. */
    MAIL_PER_HOUR: z.coerce.number().int().min(1).default(20),
    /** Where the gateway is reached from outside, for the addresses in mails. */
    PUBLIC_URL: z
      .url({ protocol: /^https?$/ })
      .default('http://127.0.0.1:3000')
      .transform((url) => url.replace(/\/+$/, '')),
  })
  .refine((config) => config.NODE_ENV !== 'production' || !config.SMTP_URL || !config.MAIL_FROM.includes(NO_DOMAIN), {
    path: ['MAIL_FROM'],
    message: 'is needed in production where SMTP_URL is set',
  });
export type Config = z.output<typeof configSchema>;

/** Injection token of the parsed configuration. */
export const CONFIG = Symbol('config');
