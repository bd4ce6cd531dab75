import { Controller } from '@nestjs/common';
import { companyErased, expertErased } from '#libs/contracts';
import { type EventContext, OnEvent } from '#libs/messaging';
import { forget } from './tell.js';

/** Who is erased leaves no notice behind. What others were told about them falls with the withdrawal of their suggestions. */
@Controller()
export class RecipientHandler {
  @OnEvent(companyErased)
  async companyErased({ companyId }: { companyId: string }, { manager }: EventContext): Promise<void> {
    await forget(manager, 'firm', companyId, new Date());
  }

  @OnEvent(expertErased)
  async expertErased({ expertId }: { expertId: string }, { manager }: EventContext): Promise<void> {
    await forget(manager, 'expert', expertId, new Date());
  }
}
