import type { EntityManager } from 'typeorm';
import { type Actor, keepsContents, Problem } from '#libs/contracts';
import { lockValues, type PointedError } from '#libs/records';
import type { DraftIdentifier } from './company-draft.js';
import { CompanyIdentifier } from './company-identifier.entity.js';
import { type Identifier, sameFirm } from './identifiers.js';

/** Companies that carry at least one of some identifiers, each with all of its own. */
export type Holders = Map<string, CompanyIdentifier[]>;

/**
 * Finds who carries these identifiers. Holds, until the transaction ends, a lock that everybody takes who is about to give one of them to a company:
 * what is found stays true, which no unique index can promise for a P.IVA that VAT groups may share.
 */
export async function holdersOf(manager: EntityManager, identifiers: readonly Identifier[]): Promise<Holders> {
  const holders: Holders = new Map();
  if (identifiers.length === 0) return holders;
  const schemes = identifiers.map(({ scheme }) => scheme);
  const values = identifiers.map(({ value }) => value);
  await lockValues(
    manager,
    identifiers.map(({ scheme, value }) => `${scheme} ${value}`),
  );
  const rows = await manager
    .createQueryBuilder(CompanyIdentifier, 'i')
    .where(
      `i.companyId IN (SELECT company_id FROM company_identifier
         WHERE (scheme, value) IN (SELECT * FROM unnest(CAST(:schemes AS text[]), CAST(:values AS text[]))))`,
      { schemes, values },
    )
    .getMany();
  for (const row of rows) holders.set(row.companyId, [...(holders.get(row.companyId) ?? []), row]);
  return holders;
}

/** Ids of the companies that are the same firm as one with these identifiers. */
export function sameFirms(identifiers: readonly Identifier[], holders: Holders): string[] {
  return [...holders].filter(([, theirs]) => sameFirm(identifiers, theirs)).map(([companyId]) => companyId);
}

/** Which of the identifiers belong to another company. Who keeps the platform's contents is told to which. */
export function clashes(identifiers: readonly DraftIdentifier[], others: Holders, actor: Actor): PointedError[] {
  return identifiers.flatMap((identifier) => {
    const [owner] = sameFirms(identifiers, others).filter((id) =>
      others.get(id)?.some(({ scheme, value }) => scheme === identifier.scheme && value === identifier.value),
    );
    if (!owner) return [];
    const whose = keepsContents(actor) ? `company ${owner}` : 'another company';
    const hint = identifier.scheme === 'vat-it' ? '; in a VAT group, add the tax code or the REA number' : '';
    return [{ pointer: `/identifiers/${identifier.at}/value`, detail: `belongs to ${whose} already${hint}` }];
  });
}

/**
 * Throws a Problem `duplicate` when one of the identifiers belongs to another company than this one. Comes before the company's row is locked:
 * an import takes its locks in this order too, and so neither waits for the other for ever.
 */
export async function refuseTaken(
  manager: EntityManager,
  companyId: string,
  identifiers: readonly DraftIdentifier[],
  actor: Actor,
): Promise<void> {
  const holders = await holdersOf(manager, identifiers);
  holders.delete(companyId);
  const errors = clashes(identifiers, holders, actor);
  if (errors.length > 0) throw new Problem('duplicate', 'Another company has the same identifier.', errors);
}

/** Gives a company exactly these identifiers; those it had keep their source and date. The caller has locked its row. */
export async function storeIdentifiers(
  manager: EntityManager,
  companyId: string,
  identifiers: readonly DraftIdentifier[],
  source: string,
  now: Date,
): Promise<CompanyIdentifier[]> {
  const before = await manager.find(CompanyIdentifier, { where: { companyId } });
  const after = identifiers.map(
    ({ scheme, value }) =>
      before.find((one) => one.scheme === scheme && one.value === value) ??
      manager.create(CompanyIdentifier, { companyId, scheme, value, source, checkedAt: now }),
  );
  await manager.delete(CompanyIdentifier, { companyId });
  await manager.insert(CompanyIdentifier, after);
  return after;
}
