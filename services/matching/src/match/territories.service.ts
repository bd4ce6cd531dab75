import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Actor, companiesRpc, expertsRpc, mayActFor, overseesAll, type Place } from '#libs/contracts';
import { RpcClient, serviceContext } from '#libs/service';

/** Whether somebody may act for a firm or an expert whose place is not at hand. */
@Injectable()
export class Territories {
  constructor(
    private readonly db: DataSource,
    private readonly rpc: RpcClient,
  ) {}

  async may(actor: Actor, kind: 'firm' | 'expert', id: string): Promise<boolean> {
    if (mayActFor(actor, kind, id)) return true;
    // The place of somebody decides for those alone who have territories.
    if (overseesAll(actor) || (actor.kind !== 'coordinator' && actor.kind !== 'facilitator')) return false;
    return mayActFor(actor, kind, id, await this.placeOf(kind, id));
  }

  /** Those of the firms for which the actor may act. */
  async firmsOf(actor: Actor, ids: Iterable<string>): Promise<Set<string>> {
    const known = new Set<string>();
    for (const id of new Set(ids)) if (await this.may(actor, 'firm', id)) known.add(id);
    return known;
  }

  private async placeOf(kind: 'firm' | 'expert', id: string): Promise<Place | undefined> {
    const [known] = await this.db.query<Place[]>(
      'SELECT country, territory FROM subject WHERE type = $1 AND id = $2 AND NOT gone',
      [kind === 'firm' ? 'company' : 'expert', id],
    );
    if (known) return known;
    const facts = kind === 'firm' ? companiesRpc.facts : expertsRpc.facts;
    const [fresh] = await this.rpc.fetchAll<Place & { id: string }>(facts, [id], serviceContext('matching'));
    return fresh;
  }
}
