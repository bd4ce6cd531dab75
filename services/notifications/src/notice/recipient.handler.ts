import { Controller } from '@nestjs/common';
import { companyErased, expertErased } from '#libs/contracts';
import { type EventContext, OnEvent } from '#libs/messaging';
import { Clock } from '#libs/service';
import { forget } from './tell.js';

/** Who is erased leaves no notice behind. What others were told about them falls with the withdrawal of their suggestions. */
@Controller()
export class RecipientHandler {
  constructor(private readonly clock: Clock) {}

  @OnEvent(companyErased)
  async companyErased({ companyId }: { companyId: string }, { manager }: EventContext): Promise<void> {
    await forget(manager, 'firm', companyId, this.clock.now());
  }

  @OnEvent(expertErased)
  async expertErased({ expertId }: { expertId: string }, { manager }: EventContext): Promise<void> {
    await forget(manager, 'expert', expertId, this.clock.now());
  }
}
