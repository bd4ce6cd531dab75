import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Membership, RoleGrant } from '#libs/contracts';

interface Row {
  id: string;
  person_id: string;
  kind: RoleGrant['kind'];
  party_id: string | null;
  firm_role: 'editor' | 'owner' | null;
  cluster: string | null;
  territories: string[] | null;
  granted_by: string;
  created_at: Date;
}

/** Memberships that a condition finds, those held longest first. */
export async function membershipsWhere(
  manager: EntityManager,
  condition: string,
  parameters: unknown[],
): Promise<Membership[]> {
  const rows = await manager.query<Row[]>(`SELECT * FROM membership WHERE ${condition} ORDER BY id`, parameters);
  return rows.map(viewOf);
}

/** Gives somebody a role, or changes what belongs to one they have. */
export async function grant(
  manager: EntityManager,
  personId: string,
  role: RoleGrant,
  grantedBy: string,
  now: Date,
): Promise<Membership> {
  const [row] = await manager.query<Row[]>(
    `INSERT INTO membership (id, person_id, kind, party_id, firm_role, cluster, territories, granted_by, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (person_id, kind, party_id, cluster) DO UPDATE SET firm_role = EXCLUDED.firm_role, territories = EXCLUDED.territories,
       granted_by = EXCLUDED.granted_by
     RETURNING *`,
    [
      uuidv7(),
      personId,
      role.kind,
      'id' in role ? role.id : null,
      role.kind === 'firm' ? role.role : null,
      role.kind === 'facilitator' ? role.cluster : null,
      'territories' in role ? role.territories : null,
      grantedBy,
      now,
    ],
  );
  return viewOf(row!);
}

function viewOf(row: Row): Membership {
  return {
    id: row.id,
    personId: row.person_id,
    role: roleOf(row),
    grantedBy: row.granted_by,
    createdAt: row.created_at.toISOString(),
  };
}

// The table's own checks promise that what belongs to a kind is there.
function roleOf({ kind, party_id, firm_role, cluster, territories }: Row): RoleGrant {
  switch (kind) {
    case 'firm':
      return { kind, id: party_id!, role: firm_role! };
    case 'expert':
      return { kind, id: party_id! };
    case 'facilitator':
      return { kind, cluster: cluster!, territories: territories! };
    case 'coordinator':
      return { kind, territories: territories! };
    default:
      return { kind };
  }
}
