import { z } from 'zod';
import { baseConfig } from '#libs/service';
import { edgeConfig } from './http/edge.config.js';
import { sessionConfig } from './session/session.config.js';

/** Length of a 256-bit key in bytes: an HS256 key must have no less. */
const KEY_BYTES = 32;

/** The environment of the gateway. */
export const configSchema = z
  .object({
    ...baseConfig,
    ...edgeConfig,
    ...sessionConfig,
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    HOST: z.string().min(1).default('127.0.0.1'),
    /** Who signs the access tokens, exactly as in their `iss`. */
    OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
    /** What the tokens must be for. */
    OIDC_AUDIENCE: z.string().min(1).default('ceresio'),
    /** Where the issuer's keys are; without it, where its discovery document says. */
    OIDC_JWKS_URI: z.url({ protocol: /^https?$/ }).optional(),
    /** The issuer is the local one for development: its subjects name roles, and are believed. */
    OIDC_LOCAL: z
      .enum(['true', 'false'])
      .default('false')
      .transform((word) => word === 'true'),
    /** The development key, base64url. Whoever knows it can sign a token for anybody. */
    TOKEN_KEY: z
      .base64url()
      .refine(
        (key) => Buffer.from(key, 'base64url').length >= KEY_BYTES,
        `must hold at least ${KEY_BYTES} bytes, base64url`,
      )
      .optional(),
  })
  .superRefine((config, check) => {
    const refuse = (path: string, message: string) => check.addIssue({ code: 'custom', path: [path], message });
    const { NODE_ENV, OIDC_ISSUER, OIDC_JWKS_URI, OIDC_LOCAL, TOKEN_KEY } = config;
    if (!OIDC_ISSUER && !TOKEN_KEY) refuse('OIDC_ISSUER', 'is needed: the issuer whose tokens are taken');
    if (NODE_ENV !== 'production') return;
    if (!OIDC_ISSUER && TOKEN_KEY) refuse('OIDC_ISSUER', 'is needed with NODE_ENV=production');
    if (TOKEN_KEY) refuse('TOKEN_KEY', 'is a development key and refused with NODE_ENV=production');
    if (OIDC_LOCAL) refuse('OIDC_LOCAL', 'lets anybody be anybody: refused with NODE_ENV=production');
    for (const [name, url] of Object.entries({ OIDC_ISSUER, OIDC_JWKS_URI }))
      if (url && !url.startsWith('https:')) refuse(name, 'must be https with NODE_ENV=production');
  });
export type GatewayConfig = z.infer<typeof configSchema>;
