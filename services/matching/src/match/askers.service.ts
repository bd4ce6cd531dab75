import { Injectable } from '@nestjs/common';
import {
  type Actor,
  type CallContext,
  companiesRpc,
  type ExplainRequest,
  expertsRpc,
  type MatchRequest,
  mayActFor,
  opportunitiesRpc,
  Problem,
  partyOf,
} from '#libs/contracts';
import { RpcClient, serviceContext } from '#libs/service';
import { companyCopy, expertCopy, opportunityCopy } from '../index/features.js';
import type { Candidate } from './candidate.js';
import { CandidateStore } from './candidate.store.js';
import { Territories } from './territories.service.js';

/** On whose behalf, and for which opportunity, a match is asked. */
export interface Asking {
  company: Candidate | undefined;
  expert: Candidate | undefined;
  opportunity: Candidate | undefined;
}

/** Finds out who asks, and refuses those who ask in another's name. */
@Injectable()
export class Askers {
  constructor(
    private readonly store: CandidateStore,
    private readonly rpc: RpcClient,
    private readonly territories: Territories,
  ) {}

  async of(request: MatchRequest, ctx: CallContext): Promise<Asking> {
    const { companyId, expertId, opportunityId } = request;
    if (companyId && !(await this.territories.may(ctx.actor, 'firm', companyId)))
      throw new Problem('forbidden', 'Only the company itself or a coordinator may ask for it');
    if (expertId && !(await this.territories.may(ctx.actor, 'expert', expertId)))
      throw new Problem('forbidden', 'Only the expert or a coordinator may ask for them');
    const opportunity = opportunityId ? await this.opportunity(opportunityId, ctx) : undefined;
    // A firm that asks in its own words still asks from where it is, and is never its own partner.
    const firm = companyId ?? opportunity?.owner ?? ownFirm(ctx.actor);
    const [company, expert] = await Promise.all([
      firm ? this.company(firm, companyId !== undefined) : undefined,
      expertId ? this.expert(expertId) : undefined,
    ]);
    return { company, expert, opportunity };
  }

  /**
   * The subject of an explanation. `listed`: it may be found by others; `indexed`: its copy is here. Refuses what the caller may not know of in the same
   * words as what does not exist.
   */
  async subject(
    { type, id }: ExplainRequest['subject'],
    ctx: CallContext,
  ): Promise<{ candidate: Candidate; listed: boolean; indexed: boolean }> {
    const known = await this.store.one(type, id);
    if (known) return { candidate: known, listed: true, indexed: true };
    if (type === 'expert') {
      const [facts] = await this.rpc.fetchAll(expertsRpc.facts, [id], serviceContext('matching'));
      if (!facts || !(facts.listed || mayActFor(ctx.actor, 'expert', id, facts))) throw unknownSubject();
      const candidate = this.store.fresh('expert', (reading) => expertCopy(facts, reading));
      return { candidate, listed: facts.listed, indexed: false };
    }
    if (type === 'company') {
      const [facts] = await this.rpc.fetchAll(companiesRpc.facts, [id], serviceContext('matching'));
      if (!facts) throw unknownSubject();
      const candidate = this.store.fresh('company', (reading) => companyCopy(facts, reading));
      return { candidate, listed: true, indexed: false };
    }
    const [facts] = await this.rpc.fetchAll(opportunitiesRpc.facts, [id], serviceContext('matching'));
    const listed = facts?.state === 'published';
    // Of an anonymous one the place is coarse: whose it is decides.
    if (!facts || !(listed || (await this.territories.may(ctx.actor, 'firm', facts.companyId)))) throw unknownSubject();
    const candidate = this.store.fresh('opportunity', (reading) => opportunityCopy(facts, reading));
    return { candidate, listed, indexed: false };
  }

  /** A published opportunity is everybody's; of any other its owner decides who sees it. */
  private async opportunity(id: string, ctx: CallContext): Promise<Candidate> {
    const known = await this.store.one('opportunity', id);
    if (known) return this.asSeenBy(known, ctx);
    await this.rpc.call(opportunitiesRpc.get, { id }, ctx);
    const [facts] = await this.rpc.fetchAll(opportunitiesRpc.facts, [id], serviceContext('matching'));
    if (!facts) throw new Problem('not-found', 'There is no such opportunity');
    return this.asSeenBy(
      this.store.fresh('opportunity', (reading) => opportunityCopy(facts, reading)),
      ctx,
    );
  }

  /** To others an anonymous opportunity is nobody's: were its firm's wishes counted, or the firm itself left out, the answer would tell whose it is. */
  private async asSeenBy(opportunity: Candidate, { actor }: CallContext): Promise<Candidate> {
    const { owner, opportunity: facts } = opportunity;
    const hidden = facts?.anonymous && !(owner && (await this.territories.may(actor, 'firm', owner)));
    return hidden ? { ...opportunity, owner: null } : opportunity;
  }

  private async company(id: string, demanded: boolean): Promise<Candidate | undefined> {
    const known = await this.store.one('company', id);
    if (known || !demanded) return known;
    const [facts] = await this.rpc.fetchAll(companiesRpc.facts, [id], serviceContext('matching'));
    if (!facts) throw new Problem('not-found', 'There is no such company');
    return this.store.fresh('company', (reading) => companyCopy(facts, reading));
  }

  private async expert(id: string): Promise<Candidate> {
    const known = await this.store.one('expert', id);
    if (known) return known;
    const [facts] = await this.rpc.fetchAll(expertsRpc.facts, [id], serviceContext('matching'));
    if (!facts) throw new Problem('not-found', 'There is no such expert');
    return this.store.fresh('expert', (reading) => expertCopy(facts, reading));
  }
}

function ownFirm(actor: Actor): string | undefined {
  const party = partyOf(actor);
  return party?.kind === 'firm' ? party.id : undefined;
}

function unknownSubject(): Problem {
  return new Problem('not-found', 'There is no such subject');
}
