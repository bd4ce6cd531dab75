import type { EntityManager } from 'typeorm';
import type { ExportedTables } from '#libs/contracts';

/** The rows of an export, one statement a table, seen at one moment. Tables without rows are left out. */
export function exportTables(
  manager: EntityManager,
  queries: Record<string, [sql: string, parameters: unknown[]]>,
): Promise<ExportedTables> {
  return manager.transaction('REPEATABLE READ', async (tx) => {
    const tables: ExportedTables = {};
    for (const [table, [sql, parameters]] of Object.entries(queries)) {
      const rows = await tx.query<Record<string, unknown>[]>(sql, parameters);
      if (rows.length > 0) tables[table] = rows;
    }
    return tables;
  });
}
