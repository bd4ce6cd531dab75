import { z } from 'zod';
import { baseConfig } from '#libs/service';
import { edgeConfig } from './http/edge.config.js';
import { sessionConfig } from './session/session.config.js';

/** The environment of the gateway. */
export const configSchema = z
  .object({
    ...baseConfig,
    ...edgeConfig,
    ...sessionConfig,
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    HOST: z.string().min(1).default('127.0.0.1'),
    /** `off` serves the API alone; a path serves the portal that is built there. */
    PORTAL: z.string().min(1).default('on'),
    /** Who signs the access tokens, exactly as in their `iss`. */
    OIDC_ISSUER: z.url({ protocol: /^https?$/ }),
    /** What the tokens must be for. */
    OIDC_AUDIENCE: z.string().min(1).default('ceresio'),
    /** Where the issuer's keys are; without it, where its discovery document says. */
    OIDC_JWKS_URI: z.url({ protocol: /^https?$/ }).optional(),
    /** The issuer is the local one for development: its subjects name roles, and are believed. */
    OIDC_LOCAL: z
      .enum(['true', 'false'])
      .default('false')
      .transform((word) => word === 'true'),
  })
  .superRefine((config, check) => {
    const refuse = (path: string, message: string) => check.addIssue({ code: 'custom', path: [path], message });
    const { NODE_ENV, OIDC_ISSUER, OIDC_JWKS_URI, OIDC_LOCAL } = config;
    if (NODE_ENV !== 'production') return;
    if (OIDC_LOCAL) refuse('OIDC_LOCAL', 'lets anybody be anybody: refused with NODE_ENV=production');
    for (const [name, url] of Object.entries({ OIDC_ISSUER, OIDC_JWKS_URI }))
      if (url && !url.startsWith('https:')) refuse(name, 'must be https with NODE_ENV=production');
  });
export type GatewayConfig = z.infer<typeof configSchema>;
