import { Injectable } from '@nestjs/common';
import { opportunitiesRpc } from '#libs/contracts';
import { RpcClient, serviceContext } from '#libs/service';

/** Whose an opportunity is. Events say so, save where the owner stays unnamed: then it is asked for. */
@Injectable()
export class Owners {
  constructor(private readonly rpc: RpcClient) {}

  /** Owners by opportunity; those that are gone are left out. Rejects when it has to ask and nobody answers. */
  async of(events: { opportunityId: string; companyId?: string }[]): Promise<Map<string, string>> {
    const owners = new Map<string, string>();
    const unnamed = new Set<string>();
    for (const { opportunityId, companyId } of events) {
      if (companyId) owners.set(opportunityId, companyId);
      else unnamed.add(opportunityId);
    }
    if (unnamed.size === 0) return owners;
    const ctx = serviceContext('notifications');
    for (const facts of await this.rpc.fetchAll(opportunitiesRpc.facts, [...unnamed], ctx)) {
      owners.set(facts.id, facts.companyId);
    }
    return owners;
  }
}
