import { type CallContext, type Card, companiesRpc, expertsRpc, type Party } from '#libs/contracts';
import { type RpcClient, serviceContext } from '#libs/service';

/** What their owners say of firms and experts, by `kind id`; of those who are gone or not shown, nothing. */
export async function cardsOf(
  rpc: RpcClient,
  parties: readonly Party[],
  { lang, requestId }: Pick<CallContext, 'lang' | 'requestId'>,
): Promise<Map<string, Card>> {
  const own = serviceContext('cooperation', lang, requestId);
  const idsOf = (kind: Party['kind']) => parties.filter((party) => party.kind === kind).map(({ id }) => id);
  const [firms, experts] = await Promise.all([
    rpc.fetchAll(companiesRpc.cards, idsOf('firm'), own),
    rpc.fetchAll(expertsRpc.cards, idsOf('expert'), own),
  ]);
  return new Map([
    ...firms.map((card) => [`firm ${card.id}`, card] as const),
    ...experts.map((card) => [`expert ${card.id}`, card] as const),
  ]);
}
