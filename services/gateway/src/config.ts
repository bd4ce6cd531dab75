import { z } from 'zod';
import { baseConfig } from '#libs/service';

/** Length of a 256-bit key in bytes: an HS256 key must have no less. */
const KEY_BYTES = 32;

/** The environment of the gateway. */
export const configSchema = z
  .object({
    ...baseConfig,
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    HOST: z.string().min(1).default('127.0.0.1'),
    /** The development key, base64url. Whoever knows it can sign a token for anybody. */
    TOKEN_KEY: z
      .base64url()
      .refine(
        (key) => Buffer.from(key, 'base64url').length >= KEY_BYTES,
        `must hold at least ${KEY_BYTES} bytes, base64url`,
      ),
  })
  .refine((config) => config.NODE_ENV !== 'production', {
    path: ['TOKEN_KEY'],
    message: 'is a development key and refused with NODE_ENV=production; sign-in for production is not there yet',
  });
export type GatewayConfig = z.infer<typeof configSchema>;
