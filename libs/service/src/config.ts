import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { productionProblems } from './production.js';

const nkeySeed = z.string().regex(/^(dev-)?SU[A-Z2-7]{56}$/, 'must be the seed of a user NKEY');
const port = z.coerce.number().int().min(0).max(65_535);

/** What every service reads from its environment; spread it into the service's own `z.object`. */
export const baseConfig = {
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  NATS_URL: z.string().min(1).default('nats://127.0.0.1:4222'),
  /** Seed of the service's NKEY for requests, and of that for events. Without them the credentials of NATS_URL count for both. */
  NATS_NKEY_SEED: nkeySeed.optional(),
  NATS_EVENTS_NKEY_SEED: nkeySeed.optional(),
  /** Path of the certificate authority of a NATS server with TLS, where the system does not know it. */
  NATS_CA: z.string().min(1).optional(),
  /** Health and metrics. 0 takes a free port. Never published to the outside. */
  INTERNAL_PORT: port.default(0),
  INTERNAL_HOST: z.string().min(1).default('127.0.0.1'),
  /** Production listens on every address of the machine only where this is set, and speaks with engines in clear only where that is. */
  LISTEN_PUBLICLY: z.stringbool().default(false),
  ENGINES_WITHOUT_TLS: z.stringbool().default(false),
  /** How far the service's clock is ahead, in milliseconds: to rehearse reminders and expiry without waiting. Refused in production. */
  CLOCK_AHEAD_MS: z.coerce.number().int().min(0).default(0),
  /** Pause before an event whose handling failed is handled again, in milliseconds; doubled each time, at most a minute. */
  EVENT_RETRY_MS: z.coerce.number().int().min(1).max(60_000).default(1000),
  /** Rehearsed deaths, for the bench that breaks things (see libs/messaging/src/rehearsal.ts). Refused in production. */
  CRASH_BEFORE_ACK: z.coerce.number().int().min(0).default(0),
  CRASH_ON_AGGREGATE: z.string().min(1).optional(),
};

/** Added by a service that owns a database. */
export const databaseConfig = { DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://') };

export type BaseConfig = z.infer<z.ZodObject<typeof baseConfig>>;

/** Thrown when the environment does not fit: the message names each variable and never shows a value, which might be a secret. */
export class ConfigError extends Error {}

/**
 * Reads a service's configuration. `X_FILE` names a file that holds the value of `X`, for secrets.
 * Throws ConfigError with one line for each variable that is wrong.
 */
export function readConfig<T extends z.ZodObject>(schema: T, env: Record<string, string | undefined>): z.output<T> {
  const values: Record<string, string> = {};
  for (const key of Object.keys(schema.shape)) {
    const file = env[`${key}_FILE`];
    // An empty variable counts as absent: that is what `X= npm start` and compose files mean.
    if (env[key]) values[key] = env[key];
    else if (file) values[key] = readSecret(key, file);
  }
  const result = schema.safeParse(values);
  if (result.success) {
    if (result.data.NODE_ENV === 'production') refuseForProduction(result.data);
    if (values.DATABASE_URL && values.NATS_NKEY_SEED && !values.NATS_EVENTS_NKEY_SEED)
      throw new ConfigError(
        'The configuration is not complete:\n  NATS_EVENTS_NKEY_SEED: is missing (or NATS_EVENTS_NKEY_SEED_FILE)',
      );
    return result.data;
  }
  const lines = result.error.issues.map((issue) => {
    const key = issue.path.join('.');
    return `  ${key || 'environment'}: ${key && !(key in values) ? `is missing (or ${key}_FILE)` : issue.message}`;
  });
  throw new ConfigError(`The configuration is not complete:\n${lines.join('\n')}`);
}

function refuseForProduction(config: Record<string, unknown>): void {
  const problems = productionProblems(config);
  for (const name of ['CLOCK_AHEAD_MS', 'CRASH_BEFORE_ACK', 'CRASH_ON_AGGREGATE'])
    if (config[name]) problems.push(`${name}: must not be set in production`);
  if (problems.length === 0) return;
  throw new ConfigError(
    `The configuration is not fit for production:\n${problems.map((line) => `  ${line}`).join('\n')}`,
  );
}

function readSecret(key: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new ConfigError(`The configuration is not complete:\n  ${key}_FILE: cannot be read`, { cause: error });
  }
}
