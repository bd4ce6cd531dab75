import { z } from 'zod';

const KEY_BYTES = 32;

/** What the gateway needs to sign browsers in. Without OIDC_CLIENT_ID there are no sessions, and tokens alone work. */
export const sessionConfig = {
  /** Where browsers find this gateway; by default on this machine. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  /** Of a confidential client; a public one has none. */
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_SCOPE: z.string().min(1).default('openid'),
  /** What the issuer calls the API, if it must be asked for by name (RFC 8707). */
  OIDC_RESOURCE: z.url().optional(),
  /** Where this process reaches the issuer, if not at its public address. */
  OIDC_BACKCHANNEL_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Encrypts sessions: 32 bytes, base64url. All gateways of an installation have the same. */
  SESSION_KEY: z
    .base64url()
    .refine((key) => Buffer.from(key, 'base64url').length === KEY_BYTES, `must hold ${KEY_BYTES} bytes, base64url`)
    .optional(),
  /** After this long one signs in again, whatever happens. */
  SESSION_HOURS: z.coerce.number().positive().max(720).default(12),
};

export type SessionConfig = z.infer<z.ZodObject<typeof sessionConfig>>;
