import type { DataSource, EntityManager } from 'typeorm';
import {
  companyErased,
  companySaved,
  erasureCompleted,
  erasureRequested,
  expertErased,
  expertSaved,
  loadChanged,
} from '#libs/contracts';
import { type Check, type Difference, type Sources, sight } from './check.js';
import { copiesOf, takeBack } from './copy-rows.js';
import { openCheck } from './open-needs.js';
import { telling } from './telling.js';

/** What matching keeps of companies, experts and opportunities, and of experts' loads, is at the revision of its owner; who is erased is so everywhere. */
export function copyChecks(sources: Sources): Check[] {
  return [
    recordCheck(sources, 'company'),
    recordCheck(sources, 'expert'),
    openCheck(sources),
    loadCheck(sources),
    ...(['firm', 'expert'] as const).map((kind) => erasureCheck(sources, kind)),
  ];
}

const OWNERS = {
  company: { service: 'companies', table: 'company', kind: 'firm', plural: 'companies' },
  expert: { service: 'experts', table: 'expert', kind: 'expert', plural: 'experts' },
} as const;

function recordCheck(sources: Sources, type: 'company' | 'expert'): Check {
  const { service, table, kind, plural } = OWNERS[type];
  const { matching, access } = sources;
  const owner = sources[service];
  const tell = telling(owner, service);
  return {
    service: 'matching',
    what: `copies of ${plural}`,
    async look() {
      const listed = type === 'expert' ? ', listed' : '';
      // The copies first: what changes in between makes a copy seem behind, which the second look clears up, and never ahead.
      const copies = new Map((await copiesOf(matching, type)).map((copy) => [copy.id, copy]));
      const rows = await owner.query<{ id: string; revision: number; listed?: boolean }[]>(
        `SELECT id, revision${listed} FROM ${table}`,
      );
      const found: Difference[] = [];
      const compared = Math.max(rows.length, copies.size);
      for (const row of rows) {
        const copy = copies.get(row.id);
        copies.delete(row.id);
        // Erased after the state that its owner was restored from: it does not come back, it is erased once more.
        if (copy?.gone) found.push({ ...row, how: 'left over', at: service });
        else if (!copy || copy.revision < row.revision) found.push({ ...row, how: copy ? 'behind' : 'missing' });
        else if (copy.revision > row.revision) found.push({ ...row, how: 'ahead' });
      }
      for (const { id, revision, gone } of copies.values())
        if (!gone) found.push({ id, revision: revision + 1, how: 'left over', at: 'matching' });
      return sight(compared, found);
    },
    async repair(differences) {
      await takeBack(
        matching,
        type,
        differences.filter(({ how }) => how === 'ahead'),
      );
      const saved = differences.filter(({ how }) => how !== 'left over');
      await tell((manager, outbox) =>
        type === 'company'
          ? outbox.addMany(
              manager,
              companySaved,
              saved.map(({ id, revision }) => ({
                aggregateId: id,
                data: { companyId: id, revision: Number(revision) },
              })),
            )
          : outbox.addMany(
              manager,
              expertSaved,
              saved.map(({ id, revision, listed }) => ({
                aggregateId: id,
                data: { expertId: id, revision: Number(revision), listed: listed === true },
              })),
            ),
      );
      const leftOver = differences.filter(({ how }) => how === 'left over');
      await eraseAgain(
        access,
        kind,
        leftOver.filter(({ at }) => at === service).map(({ id }) => id),
      );
      // Their owner knows nothing of them, not even that they were erased.
      const unknown = leftOver.filter(({ at }) => at === 'matching');
      await tell(async (manager, outbox) => {
        for (const { id, revision } of unknown) {
          const done = { aggregateId: id, data: { kind, id } };
          await outbox.add(manager, erasureCompleted[service], done);
          if (type === 'company')
            await outbox.add(manager, companyErased, {
              aggregateId: id,
              data: { companyId: id, revision: Number(revision) },
            });
          else
            await outbox.add(manager, expertErased, {
              aggregateId: id,
              data: { expertId: id, revision: Number(revision) },
            });
        }
      });
    },
  };
}

interface LoadRow {
  id: string;
  revision: number;
  open: number;
  asked: number;
  responseRate: number | null;
  medianHours: number | null;
}

function loadCheck({ matching, cooperation }: Sources): Check {
  return {
    service: 'matching',
    what: "copies of experts' loads",
    async look() {
      const gone = "SELECT 1 FROM subject AS s WHERE s.type = 'expert' AND s.id = l.expert_id AND s.gone";
      const copies = await matching.query<{ id: string; revision: number }[]>(
        'SELECT expert_id AS id, revision FROM load',
      );
      const known = new Map(copies.map(({ id, revision }) => [id, revision]));
      const rows = await cooperation.query<LoadRow[]>(
        `SELECT expert_id AS id, revision, open, asked, response_rate AS "responseRate", median_hours AS "medianHours" FROM load`,
      );
      const erased = new Set(
        (
          await matching.query<{ id: string }[]>(
            `SELECT l.expert_id AS id FROM unnest($1::uuid[]) AS l (expert_id) WHERE EXISTS (${gone})`,
            [rows.map(({ id }) => id)],
          )
        ).map(({ id }) => id),
      );
      const found = rows.flatMap((row): Difference[] => {
        const revision = known.get(row.id);
        if (revision === row.revision || erased.has(row.id)) return [];
        return [{ ...row, how: revision === undefined ? 'missing' : revision < row.revision ? 'behind' : 'ahead' }];
      });
      return sight(rows.length, found);
    },
    async repair(differences) {
      const ahead = differences.filter(({ how }) => how === 'ahead').map(({ id }) => id);
      await matching.query('UPDATE load SET revision = 0 WHERE expert_id = ANY($1::uuid[])', [ahead]);
      await telling(
        cooperation,
        'cooperation',
      )((manager, outbox) =>
        outbox.addMany(
          manager,
          loadChanged,
          differences.map(({ id, how: _, ...load }) => ({
            aggregateId: id,
            data: { ...(load as unknown as LoadRow), id: undefined, expertId: id },
          })),
        ),
      );
    },
  };
}

/** Whoever is erased at the owner is known as erased by all who keep something of them. Those who are not hear of it once more. */
function erasureCheck(sources: Sources, kind: 'firm' | 'expert'): Check {
  const owner = kind === 'firm' ? sources.companies : sources.experts;
  const { matching, cooperation, notifications, access } = sources;
  const type = kind === 'firm' ? 'company' : 'expert';
  return {
    service: kind === 'firm' ? 'companies' : 'experts',
    what: `erased ${kind === 'firm' ? 'companies' : 'experts'}, everywhere`,
    async look() {
      const stones = await owner.query<{ id: string }[]>(
        `SELECT id FROM tombstone WHERE erased_at < now() - interval '1 minute'`,
      );
      const ids = stones.map(({ id }) => id);
      const left = await Promise.all([
        idsFrom(matching, 'SELECT id FROM subject WHERE type = $2 AND id = ANY($1::uuid[]) AND NOT gone', [ids, type]),
        idsFrom(
          cooperation,
          `SELECT id FROM unnest($1::uuid[]) AS e (id) WHERE NOT EXISTS (SELECT 1 FROM erased_party AS p WHERE p.kind = $2 AND p.id = e.id)`,
          [ids, kind],
        ),
        idsFrom(
          notifications,
          'SELECT id FROM recipient WHERE kind = $2 AND id = ANY($1::uuid[]) AND erased_at IS NULL',
          [ids, kind],
        ),
        idsFrom(
          access,
          'SELECT DISTINCT party_id AS id FROM membership WHERE kind = $2 AND party_id = ANY($1::uuid[])',
          [ids, kind],
        ),
      ]);
      return sight(
        ids.length,
        [...new Set(left.flat())].map((id) => ({ id, how: 'left over' as const })),
      );
    },
    repair: (differences) =>
      eraseAgain(
        access,
        kind,
        differences.map(({ id }) => id),
      ),
  };
}

/** Asks the owner to erase, or where that is done to tell everybody of it again: the way of every request for erasure. */
async function eraseAgain(access: DataSource, kind: 'firm' | 'expert', ids: readonly string[]): Promise<void> {
  await telling(
    access,
    'access',
  )((manager: EntityManager, outbox) =>
    outbox.addMany(
      manager,
      erasureRequested,
      ids.map((id) => ({ aggregateId: id, data: { kind, id } })),
    ),
  );
}

async function idsFrom(source: DataSource, sql: string, parameters: unknown[]): Promise<string[]> {
  return (await source.query<{ id: string }[]>(sql, parameters)).map(({ id }) => id);
}
