import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BATCH_MAX, type CallContext, matchingRpc } from '#libs/contracts';
import { RpcClient, serviceContext } from '#libs/service';
import { InterestEntity } from './interest.entity.js';

/** After a no or a silence: who the owner of the need can ask instead. */
@Injectable()
export class NextBestService {
  constructor(
    private readonly db: DataSource,
    private readonly rpc: RpcClient,
  ) {}

  /** The suggestion to go on with, by the id of the interest that came to nothing. Only the owner's last attempt has one. */
  async of(interests: readonly InterestEntity[], ctx: CallContext): Promise<Map<string, string>> {
    const failed = interests.filter(isFailedAttempt);
    if (failed.length === 0) return new Map();
    const opportunities = [...new Set(failed.map(({ opportunityId }) => opportunityId))];
    const all = await this.db.manager
      .createQueryBuilder(InterestEntity, 'i')
      .where('i.opportunityId = ANY(:opportunities)', { opportunities })
      .orderBy('i.id', 'DESC')
      .getMany();
    const found = new Map<string, string>();
    for (const interest of failed) {
      const { opportunityId, askedKind, ownerId } = interest;
      const rivals = all.filter((one) => one.opportunityId === opportunityId);
      const last = rivals.find((one) => one.askerId === ownerId && one.askedKind === askedKind);
      if (last?.id !== interest.id) continue;
      const spoken = rivals.flatMap(({ askerId, askedId }) => [askerId, askedId]);
      const request = {
        opportunityId,
        subjectType: askedKind === 'expert' ? ('expert' as const) : ('company' as const),
        except: [...new Set(spoken)].filter((id) => id !== ownerId).slice(-BATCH_MAX),
      };
      const own = serviceContext('cooperation', ctx.lang, ctx.requestId);
      const { suggestionId } = await this.rpc.call(matchingRpc.nextBest, request, own);
      if (suggestionId) found.set(interest.id, suggestionId);
    }
    return found;
  }
}

function isFailedAttempt({ state, askerId, ownerId }: InterestEntity): boolean {
  return askerId === ownerId && (state === 'not-pertinent' || state === 'expired');
}
