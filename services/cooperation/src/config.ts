import { z } from 'zod';
import { baseConfig, databaseConfig } from '#libs/service';

/** The environment of this service; nothing else reads it. */
export const configSchema = z.object({
  ...baseConfig,
  ...databaseConfig,
  /** Working days that the one asked has to answer an expression of interest. */
  RESPONSE_DAYS: z.coerce.number().int().min(1).max(120).default(10),
});
export type Config = z.output<typeof configSchema>;

/** Injection token of the parsed configuration. */
export const CONFIG = Symbol('config');
