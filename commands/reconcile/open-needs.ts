import { opportunityClosed, opportunityPublished } from '#libs/contracts';
import { type Check, type Difference, type Sources, sight } from './check.js';
import { copiesOf, takeBack } from './copy-rows.js';
import { telling } from './telling.js';

interface OpportunityRow {
  id: string;
  revision: number;
  state: string;
  type: string;
  anonymous: boolean;
  companyId: string;
}

/** What is public is known to matching at its revision; what is not, or is gone, is not open there. Drafts and changes of what is closed concern nobody. */
export function openCheck({ companies, matching }: Sources): Check {
  return {
    service: 'matching',
    what: 'copies of opportunities',
    async look() {
      const copies = new Map((await copiesOf(matching, 'opportunity')).map((copy) => [copy.id, copy]));
      const rows = await companies.query<OpportunityRow[]>(
        'SELECT id, revision, state, type, anonymous, company_id AS "companyId" FROM opportunity',
      );
      const found: Difference[] = [];
      const compared = Math.max(rows.length, copies.size);
      for (const row of rows) {
        const copy = copies.get(row.id);
        copies.delete(row.id);
        const open = row.state === 'published';
        if (copy && copy.revision > row.revision) found.push({ ...row, how: 'ahead' });
        else if (open && (!copy || copy.revision < row.revision))
          found.push({ ...row, how: copy ? 'behind' : 'missing' });
        else if (!open && copy?.open) found.push({ ...row, how: 'behind' });
      }
      for (const { id, revision, open } of copies.values())
        if (open) found.push({ id, revision: revision + 1, state: 'erased', how: 'left over' });
      return sight(compared, found);
    },
    async repair(differences) {
      const rows = differences as unknown as (OpportunityRow & Difference)[];
      await takeBack(
        matching,
        'opportunity',
        differences.filter(({ how }) => how === 'ahead'),
      );
      await telling(
        companies,
        'companies',
      )(async (manager, outbox) => {
        const published = rows.filter(({ state }) => state === 'published');
        await outbox.addMany(
          manager,
          opportunityPublished,
          published.map(({ type, ...row }) => ({
            aggregateId: row.id,
            data: { ...about(row), type: type as 'TR' },
          })),
        );
        const closed = rows.filter(({ state }) => state !== 'published');
        await outbox.addMany(
          manager,
          opportunityClosed,
          closed.map((row) => ({ aggregateId: row.id, data: { ...about(row), reason: reasonOf(row.state) } })),
        );
      });
    },
  };
}

// What would name the owner of an anonymous one, or of one that nobody knows any more, stays out of the streams.
function about({
  id,
  revision,
  anonymous,
  companyId,
}: Pick<OpportunityRow, 'id' | 'revision' | 'anonymous' | 'companyId'>) {
  return { opportunityId: id, ...(anonymous || !companyId ? {} : { companyId }), revision };
}

function reasonOf(state: string): 'on-hold' | 'expired' | 'archived' | 'erased' {
  if (state === 'on-hold' || state === 'expired' || state === 'erased') return state;
  return 'archived';
}
