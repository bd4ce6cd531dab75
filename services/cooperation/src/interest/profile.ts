import type { EntityManager } from 'typeorm';
import { type CallContext, companiesRpc, type ExpertFacts, expertsRpc, type Party } from '#libs/contracts';
import { notFound } from '#libs/records';
import type { RpcClient } from '#libs/service';
import type { Place } from '../deadline/holidays.js';

/** Where somebody is, and of an expert what else counts. */
export type Profile = { place: Place; expert?: ExpertFacts };

/** What its owner says of a firm or an expert at this moment. `own` is the service's context. */
export async function profileOf(rpc: RpcClient, { kind, id }: Party, own: CallContext): Promise<Profile> {
  if (kind === 'firm') {
    const { items } = await rpc.call(companiesRpc.facts, { ids: [id] }, own);
    if (!items[0]) throw notFound('company');
    return { place: items[0] };
  }
  const { items } = await rpc.call(expertsRpc.facts, { ids: [id] }, own);
  if (!items[0]) throw notFound('expert');
  return { place: items[0], expert: items[0] };
}

/** A place as coordinators are responsible for it. */
export const placeCode = ({ territory, country }: Place): string => territory ?? country;

/** Whether one of these was erased. Certain while the caller holds their locks. */
export async function isErased(manager: EntityManager, parties: readonly Party[]): Promise<boolean> {
  const erased = await manager.query<object[]>(
    `SELECT 1 FROM erased_party WHERE (kind, id) IN (SELECT * FROM unnest($1::text[], $2::uuid[]))`,
    [parties.map(({ kind }) => kind), parties.map(({ id }) => id)],
  );
  return erased.length > 0;
}
