import { parseArgs } from 'node:util';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { audited, type RoleGrant, roleGrantSchema } from '#libs/contracts';
import { personKey } from '#libs/records';
import { databaseOf } from './service-database.js';

const HELP = `Gives a person a role: the first administrator of an installation, who then does the rest over HTTP.

  npm run -s grant -- --issuer https://id.example --subject <sub> --role admin
  npm run -s grant -- --issuer https://id.example --subject <sub> --role coordinator:ITC43,CH070

Issuer and subject are the claims \`iss\` and \`sub\` of the person's tokens; they are kept as a hash. Roles: admin, coordinator, coordinator:<territories>,
facilitator:<cluster>:<territories>, expert:<id>, firm:<id> (an owner), firm:<id>:editor. It counts within half a minute.
The database is that of the system started here (npm start), or DATABASE_URL (of access), or the file that DATABASE_URL_FILE names.`;

class Usage extends Error {}

/** The role that `--role` names. Throws Usage when it names none. */
export function roleNamed(name: string): RoleGrant {
  const [kind, one, two] = name.split(':');
  const territories = (text: string | undefined) => text?.split(',') ?? ['*'];
  const given: Record<string, unknown> = {
    admin: { kind },
    coordinator: { kind, territories: territories(one) },
    facilitator: { kind, cluster: one, territories: territories(two) },
    expert: { kind, id: one },
    firm: { kind, id: one, role: two ?? 'owner' },
  };
  const parsed = roleGrantSchema.safeParse(given[kind ?? '']);
  if (!parsed.success) throw new Usage(`"${name}" is no role.`);
  return parsed.data;
}

/** Gives the role, with an entry for the audit log, in one transaction; answers the person's id. */
export function grantRole(
  manager: EntityManager,
  { issuer, subject, role, by }: { issuer: string; subject: string; role: RoleGrant; by: string },
): Promise<string> {
  return manager.transaction(async (tx) => {
    await tx.query('INSERT INTO person (id, key_hash, created_at) VALUES ($1, $2, now()) ON CONFLICT DO NOTHING', [
      uuidv7(),
      personKey(issuer, subject),
    ]);
    const [person] = await tx.query<{ id: string }[]>('SELECT id FROM person WHERE key_hash = $1', [
      personKey(issuer, subject),
    ]);
    await tx.query(
      `INSERT INTO membership (id, person_id, kind, party_id, firm_role, cluster, territories, granted_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now())
       ON CONFLICT (person_id, kind, party_id, cluster) DO UPDATE SET firm_role = EXCLUDED.firm_role, territories = EXCLUDED.territories,
         granted_by = EXCLUDED.granted_by`,
      [
        uuidv7(),
        person!.id,
        role.kind,
        'id' in role ? role.id : null,
        role.kind === 'firm' ? role.role : null,
        role.kind === 'facilitator' ? role.cluster : null,
        'territories' in role ? role.territories : null,
        by,
      ],
    );
    await tellAudit(tx, by, person!.id);
    return person!.id;
  });
}

async function tellAudit(manager: EntityManager, actor: string, person: string): Promise<void> {
  const contract = audited.privacy;
  const [id, subject] = [uuidv7(), uuidv7()];
  const envelope = {
    specversion: '1.0',
    id,
    source: `ceresio/${contract.owner}`,
    type: contract.type,
    subject,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { actor, operation: 'command.grant', targets: [person], requestId: id },
  };
  await manager.query('INSERT INTO outbox (id, subject, type, aggregate_id, envelope) VALUES ($1, $2, $3, $4, $5)', [
    id,
    `${contract.subject}.${subject}`,
    contract.type,
    subject,
    JSON.stringify(envelope),
  ]);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      issuer: { type: 'string' },
      subject: { type: 'string' },
      role: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return console.log(HELP);
  const { issuer, subject, role } = values;
  if (!issuer || !subject || !role) throw new Usage('--issuer, --subject and --role are needed.');
  const given = roleNamed(role);
  const source = await new DataSource({ type: 'postgres', url: databaseOf(process.env, 'access') }).initialize();
  try {
    const person = await grantRole(source.manager, { issuer, subject, role: given, by: 'operator' });
    console.log(`Person ${person} is ${role} now.`);
  } finally {
    await source.destroy();
  }
}

if (import.meta.main) {
  await main().catch((error: Error) => {
    process.stderr.write(`${error.message}${error instanceof Usage ? `\n\n${HELP}` : ''}\n`);
    process.exitCode = 2;
  });
}
