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
    const last = failed.filter((one) => all.find((other) => isAttemptLike(other, one))?.id === one.id);
    const next = await Promise.all(last.map((one) => this.best(one, all, ctx)));
    return new Map(last.flatMap(({ id }, index) => (next[index] ? [[id, next[index]]] : [])));
  }

  private async best(
    { opportunityId, askedKind, ownerId }: InterestEntity,
    all: readonly InterestEntity[],
    ctx: CallContext,
  ): Promise<string | null> {
    const spoken = all
      .filter((one) => one.opportunityId === opportunityId)
      .flatMap(({ askerId, askedId }) => [askerId, askedId]);
    const request = {
      opportunityId,
      subjectType: askedKind === 'expert' ? ('expert' as const) : ('company' as const),
      except: [...new Set(spoken)].filter((id) => id !== ownerId).slice(-BATCH_MAX),
    };
    const own = serviceContext('cooperation', ctx.lang, ctx.requestId);
    return (await this.rpc.call(matchingRpc.nextBest, request, own)).suggestionId;
  }
}

type Attempt = Pick<InterestEntity, 'opportunityId' | 'askedKind' | 'ownerId'>;

/** Whether an interest is the owner's, about the same opportunity and to the same kind of people. */
function isAttemptLike(one: InterestEntity, { opportunityId, askedKind, ownerId }: Attempt): boolean {
  return one.opportunityId === opportunityId && one.askedKind === askedKind && one.askerId === ownerId;
}

function isFailedAttempt({ state, askerId, ownerId }: InterestEntity): boolean {
  return askerId === ownerId && (state === 'not-pertinent' || state === 'expired');
}
