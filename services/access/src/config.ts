import { z } from 'zod';
import { baseConfig, databaseConfig } from '#libs/service';

/** The environment of this service; nothing else reads it. */
export const configSchema = z.object({ ...baseConfig, ...databaseConfig });
export type Config = z.infer<typeof configSchema>;
