import type { Claim } from '#libs/contracts';

/** A row of the table, as far as others see it. */
export interface ClaimRow {
  id: string;
  revision: number;
  person_id: string;
  company_id: string;
  state: Claim['state'];
  created_at: Date;
  decided_at: Date | null;
  code_until: Date | null;
}

/** A claim as its person and coordinators see it. */
export function viewOf(row: ClaimRow): Claim {
  return {
    id: row.id,
    revision: row.revision,
    companyId: row.company_id,
    state: row.state,
    createdAt: row.created_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
    codeUntil: row.code_until?.toISOString() ?? null,
  };
}
