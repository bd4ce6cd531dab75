import { Controller } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import {
  cooperationRpc,
  type InterestFacts,
  interestAnswered,
  interestDue,
  interestExpired,
  interestExpressed,
  type NoticeKind,
  type Party,
} from '#libs/contracts';
import { type EventContext, OnEvent } from '#libs/messaging';
import { Clock, RpcClient, serviceContext } from '#libs/service';
import { Channels } from '../channel/channels.js';
import { stillTrue } from './interest-text.js';
import { callOff, type News, tell } from './tell.js';

/** Expressions of interest become notices for the side that has to know. The events name neither side, so the owner is asked. */
@Controller()
export class InterestHandler {
  constructor(
    private readonly channels: Channels,
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {}

  @OnEvent(interestExpressed)
  async expressed({ interestId }: z.infer<typeof interestExpressed.data>, { manager }: EventContext): Promise<void> {
    const facts = await this.facts(interestId);
    // By now it may be answered or taken back: then its own events tell what there is to tell.
    if (!facts || !stillTrue('interest-received', facts.state)) return;
    await this.tell(manager, [news(facts, facts.asked, 'interest-received')]);
  }

  @OnEvent(interestDue)
  async due(data: z.infer<typeof interestDue.data>, { manager }: EventContext): Promise<void> {
    const facts = await this.facts(data.interestId);
    if (!facts || !stillTrue('interest-reminder', facts.state)) return;
    const { stage } = data;
    await this.tell(manager, [
      { ...news(facts, facts.asked, 'interest-reminder'), occasion: stage, params: { stage } },
    ]);
  }

  @OnEvent(interestAnswered)
  async answered(data: z.infer<typeof interestAnswered.data>, { manager }: EventContext): Promise<void> {
    const facts = await this.facts(data.interestId);
    await this.settled(manager, data.interestId);
    if (!facts) return;
    if (data.answer === 'withdrawn') {
      await callOff(manager, 'contact-open', [data.interestId], this.clock.now());
      // Before an answer there was nothing open that could be closed.
      if (facts.answeredAt)
        await this.tell(
          manager,
          [facts.asker, facts.asked].map((side) => news(facts, side, 'interest-withdrawn')),
        );
      return;
    }
    const told = [news(facts, facts.asker, 'interest-answered')];
    if (data.answer === 'accepted' && facts.state !== 'withdrawn') told.push(news(facts, facts.asked, 'contact-open'));
    await this.tell(manager, told);
  }

  @OnEvent(interestExpired)
  async expired({ interestId }: z.infer<typeof interestExpired.data>, { manager }: EventContext): Promise<void> {
    const facts = await this.facts(interestId);
    await this.settled(manager, interestId);
    if (!facts) return;
    await this.tell(
      manager,
      [facts.asker, facts.asked].map((side) => news(facts, side, 'interest-expired')),
    );
  }

  /** Nobody needs to answer any more. */
  private async settled(manager: EntityManager, interestId: string): Promise<void> {
    for (const kind of ['interest-received', 'interest-reminder'] as const) {
      await callOff(manager, kind, [interestId], this.clock.now());
    }
  }

  /** Undefined where it is gone: then there is nobody to tell. An owner that is away makes the event wait. */
  private async facts(id: string): Promise<InterestFacts | undefined> {
    const [facts] = await this.rpc.fetchAll(cooperationRpc.facts, [id], serviceContext('notifications'));
    return facts;
  }

  private tell(manager: EntityManager, told: News[]): Promise<void> {
    return tell(manager, told, this.channels.names, this.clock.now());
  }
}

function news({ id, opportunityId }: InterestFacts, recipient: Party, kind: NoticeKind): News {
  return { recipient, kind, aboutId: id, opportunityId, suggestionId: null };
}
