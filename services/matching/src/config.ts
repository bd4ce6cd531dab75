import { z } from 'zod';
import { baseConfig, databaseConfig } from '#libs/service';

export const configSchema = z.object({
  ...baseConfig,
  ...databaseConfig,
  MEILI_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:7700'),
  /** Writes the index; its holder never searches. */
  MEILI_INDEX_KEY: z.string().min(1),
  /** Searches, never writes. */
  MEILI_SEARCH_KEY: z.string().min(1),
  /** Begins the name of every index, so that several installations can share a server. */
  MEILI_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,40}$/)
    .default('ceresio_'),
});
export type Config = z.infer<typeof configSchema>;
