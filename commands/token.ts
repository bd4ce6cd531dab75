import { parseArgs } from 'node:util';
import { dataDirectory } from './directory.js';
import { localToken, readLocalIssuer } from './issuer/local-issuer.js';
import { localSubject } from './issuer/subject.js';

const HELP = `Prints a signed access token of the local issuer, valid for twelve hours.

  npm run -s token -- --as firm:<id>             an owner of a firm, by the id of its profile
  npm run -s token -- --as expert:<id>           an expert, by the id of the profile
  npm run -s token -- --as coordinator           sees and edits every firm and expert
  npm run -s token -- --as coordinator:ITC43     those of one territory (NUTS code, or its beginning)
  npm run -s token -- --as facilitator:<cluster> the mentor of one cluster
  npm run -s token -- --as admin

The key is that of the system started here (npm start), in .ceresio or where CERESIO_DIR says.
Whether the firm or the expert exists is not checked here. Refused with NODE_ENV=production.`;

/** Runs the command; answers what to print and the exit code. */
export async function tokenCommand(
  args: string[],
  env: NodeJS.ProcessEnv,
): Promise<{ out?: string; error?: string; code: number }> {
  let as: string | undefined;
  try {
    const { values } = parseArgs({ args, options: { as: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
    if (values.help) return { out: HELP, code: 0 };
    as = values.as;
  } catch (error) {
    return { error: `${(error as Error).message}\n\n${HELP}`, code: 2 };
  }
  if (env.NODE_ENV === 'production') return { error: 'Development tokens are refused in production.', code: 2 };
  if (!as) return { error: `--as is missing.\n\n${HELP}`, code: 2 };
  const subject = localSubject(as);
  if (!subject) {
    const detail =
      'is not firm:<id>, expert:<id>, coordinator, coordinator:<territory>, facilitator:<cluster> or admin';
    return { error: `"${as}" ${detail} (an id is a UUID).\n\n${HELP}`, code: 2 };
  }
  try {
    const local = readLocalIssuer(dataDirectory(env));
    if (!local) return { error: 'There is no local issuer yet: start the system first (npm start).', code: 2 };
    return { out: await localToken(local, subject), code: 0 };
  } catch (error) {
    return { error: (error as Error).message, code: 2 };
  }
}

if (import.meta.main) {
  const { out, error, code } = await tokenCommand(process.argv.slice(2), process.env);
  if (out) process.stdout.write(`${out}\n`);
  if (error) process.stderr.write(`${error}\n`);
  process.exitCode = code;
}
