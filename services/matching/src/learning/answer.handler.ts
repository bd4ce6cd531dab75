import { Controller } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { cooperationRpc, type InterestFacts, interestAnswered, outcomeRecorded } from '#libs/contracts';
import { type EventContext, OnEvent, Outbox } from '#libs/messaging';
import { RpcClient, serviceContext } from '#libs/service';
import { MatchJobs } from '../suggestion/match-jobs.service.js';
import { setAside } from '../suggestion/set-aside.js';
import { SuggestionEntity } from '../suggestion/suggestion.entity.js';
import { type Judgement, judge, judgeUnsuggested } from './judge.js';

type Answered = z.output<typeof interestAnswered.data>;
type Recorded = z.output<typeof outcomeRecorded.data>;
type Verdict = Omit<Judgement, 'suggestionId'>;

/** Hears how interests ended: verdicts on pairings, of which a no is never suggested again. Silence says nothing of the fit, so expiry is not heard. */
@Controller()
export class AnswerHandler {
  constructor(
    private readonly rpc: RpcClient,
    private readonly outbox: Outbox,
    private readonly jobs: MatchJobs,
  ) {}

  @OnEvent(interestAnswered)
  async answered(data: Answered, { manager, envelope }: EventContext): Promise<void> {
    // Taken back before or after the answer: no word on the pairing.
    if (data.answer === 'withdrawn') return;
    const { answer: verdict, reasonCode: reason } = data;
    await this.judged(manager, data, { verdict, reason, at: new Date(envelope.time) });
  }

  @OnEvent(outcomeRecorded)
  async recorded(data: Recorded, { manager, envelope }: EventContext): Promise<void> {
    if (data.outcome !== 'agreement-reached') return;
    await this.judged(manager, data, { verdict: 'agreed', at: new Date(envelope.time) });
  }

  private async judged(
    manager: EntityManager,
    { interestId, opportunityId, suggestionId }: Pick<Answered, 'interestId' | 'opportunityId' | 'suggestionId'>,
    verdict: Verdict,
  ): Promise<void> {
    // Whose interest it was stands in no event.
    const [facts] = await this.rpc.fetchAll(cooperationRpc.facts, [interestId], serviceContext('matching'));
    const row = suggestionId
      ? await locked(manager, 's.id = :suggestionId', { suggestionId })
      : facts && (await ofPair(manager, opportunityId, facts));
    if (row) await judge(manager, { suggestionId: row.id, ...verdict });
    else if (facts && !suggestionId) await judgeUnsuggested(manager, { opportunityId, ...pairOf(facts), ...verdict });
    if (verdict.verdict !== 'declined') return;
    if (row?.state === 'open') await setAside(manager, this.outbox, row, sideOf(row, facts));
    // Somebody else may take the place.
    if (row && row.state !== 'withdrawn') await this.jobs.add(manager, [opportunityId], 'subject');
  }
}

/** Without a suggestion it is always somebody else who turns to the owner of the opportunity. */
function pairOf({ asker: { kind, id } }: InterestFacts) {
  return { subjectType: kind === 'expert' ? ('expert' as const) : ('company' as const), subjectId: id };
}

function ofPair(manager: EntityManager, opportunityId: string, facts: InterestFacts) {
  const condition = 's.opportunityId = :opportunityId AND s.subjectType = :subjectType AND s.subjectId = :subjectId';
  return locked(manager, condition, { opportunityId, ...pairOf(facts) });
}

function locked(manager: EntityManager, condition: string, parameters: object): Promise<SuggestionEntity | null> {
  return manager
    .createQueryBuilder(SuggestionEntity, 's')
    .where(condition, parameters)
    .setLock('pessimistic_write')
    .getOne();
}

/** Whose no it was. */
function sideOf({ companyId }: SuggestionEntity, facts: InterestFacts | undefined): 'owner' | 'subject' {
  return facts?.asked.id === companyId ? 'owner' : 'subject';
}
