import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SignJWT } from 'jose';
import { loadSecrets, setting } from '#libs/engines';
import { dataDirectory } from './directory.js';

const ISSUER = 'ceresio-development';
const AUDIENCE = 'ceresio';
const LIFE = '12h';
const SUBJECT = /^(?:(?:firm|expert):[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|coordinator|admin)$/;

const HELP = `Prints a signed development token, valid for twelve hours.

  npm run -s token -- --as firm:<id>      a firm, by the id of its profile
  npm run -s token -- --as expert:<id>    an expert, by the id of the profile
  npm run -s token -- --as coordinator    sees and edits every firm and expert
  npm run -s token -- --as admin

The key is that of the system started here (npm start), or TOKEN_KEY, or the file that TOKEN_KEY_FILE names.
Whether the firm or the expert exists is not checked here. Refused with NODE_ENV=production.`;

/** A compact JWS (HS256) for a caller named as in `--as`; `key` is base64url and holds at least 32 bytes. */
export async function developmentToken(key: string, as: string): Promise<string> {
  const secret = Buffer.from(key, 'base64url');
  if (secret.length < 32) throw new Error('The token key must hold at least 32 bytes, base64url.');
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(as)
    .setIssuedAt()
    .setExpirationTime(LIFE)
    .sign(secret);
}

/** Runs the command; answers what to print and the exit code. */
export async function tokenCommand(
  args: string[],
  env: NodeJS.ProcessEnv,
): Promise<{ out?: string; error?: string; code: number }> {
  let as: string | undefined;
  try {
    const { values } = parseArgs({ args, options: { as: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
    if (values.help) return { out: HELP, code: 0 };
    as = values.as?.toLowerCase();
  } catch (error) {
    return { error: `${(error as Error).message}\n\n${HELP}`, code: 2 };
  }
  if (env.NODE_ENV === 'production') return { error: 'Development tokens are refused in production.', code: 2 };
  if (!as) return { error: `--as is missing.\n\n${HELP}`, code: 2 };
  if (!SUBJECT.test(as)) {
    return {
      error: `"${as}" is not firm:<id>, expert:<id>, coordinator or admin (an id is a UUID).\n\n${HELP}`,
      code: 2,
    };
  }
  try {
    return { out: await developmentToken(tokenKey(env), as), code: 0 };
  } catch (error) {
    return { error: (error as Error).message, code: 2 };
  }
}

function tokenKey(env: NodeJS.ProcessEnv): string {
  const given = setting(env, 'TOKEN_KEY');
  if (given) return given;
  const dir = dataDirectory(env);
  if (!existsSync(join(dir, 'secrets.json')))
    throw new Error('There is no token key yet: start the system first (npm start).');
  return loadSecrets(dir).tokenKey;
}

if (import.meta.main) {
  const { out, error, code } = await tokenCommand(process.argv.slice(2), process.env);
  if (out) process.stdout.write(`${out}\n`);
  if (error) process.stderr.write(`${error}\n`);
  process.exitCode = code;
}
