import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nkeys } from '@nats-io/transport-node';
import { z } from 'zod';
import { DEVELOPMENT_MARK } from '#libs/contracts';

const secretsSchema = z.object({
  postgresPassword: z.string(),
  natsPassword: z.string(),
  meiliMasterKey: z.string(),
  /** Encrypts browser sessions: 32 bytes, base64url. */
  sessionKey: z.string().default(''),
  /** Password of each service's database role. */
  servicePasswords: z.record(z.string(), z.string()),
  /** Seed of each NATS user's NKEY. */
  natsSeeds: z.record(z.string(), z.string()).default({}),
});

/** What an installation on one machine keeps secret. */
export type Secrets = z.infer<typeof secretsSchema>;

/** Who needs a secret of their own. `production` leaves out the mark by which production refuses what was made for development. */
export interface SecretsFor {
  services?: readonly string[];
  natsUsers?: readonly string[];
  production?: boolean;
}

/**
 * Reads `<dir>/secrets.json`, made at the first call (mode 0600), with a password for each of `services` and an NKEY for each of `natsUsers`.
 * Throws when the file is there but not readable as such: new passwords would not open the existing data.
 */
export function loadSecrets(
  dir: string,
  { services = [], natsUsers = [], production = false }: SecretsFor = {},
): Secrets {
  const mark = production ? '' : DEVELOPMENT_MARK;
  const secret = () => mark + randomBytes(32).toString('base64url');
  const file = join(dir, 'secrets.json');
  const kept = readKept(file);
  const secrets: Secrets = kept ?? {
    postgresPassword: secret(),
    natsPassword: secret(),
    meiliMasterKey: secret(),
    sessionKey: '',
    servicePasswords: {},
    natsSeeds: {},
  };
  const missing = services.filter((service) => !secrets.servicePasswords[service]);
  for (const service of missing) secrets.servicePasswords[service] = secret();
  const sessionless = secrets.sessionKey === '';
  if (sessionless) secrets.sessionKey = randomBytes(32).toString('base64url');
  const keyless = natsUsers.filter((user) => !secrets.natsSeeds[user]);
  for (const user of keyless) secrets.natsSeeds[user] = mark + new TextDecoder().decode(nkeys.createUser().getSeed());
  if (!kept || sessionless || missing.length + keyless.length > 0)
    writeSecret(file, `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}

/** The public half of each NKEY, by which the server knows its users. */
export function publicNkeys({ natsSeeds }: Pick<Secrets, 'natsSeeds'>): Record<string, string> {
  const bare = (seed: string) => new TextEncoder().encode(seed.replace(DEVELOPMENT_MARK, ''));
  return Object.fromEntries(
    Object.entries(natsSeeds).map(([user, seed]) => [user, nkeys.fromSeed(bare(seed)).getPublicKey()]),
  );
}

/** Writes a file that only its owner may read, whole or not at all. */
export function writeSecret(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, content, { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
}

function readKept(file: string): Secrets | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return secretsSchema.parse(JSON.parse(text));
  } catch {
    throw new Error(`${file} is damaged. Restore it, or begin anew with: npm start -- --fresh`);
  }
}
