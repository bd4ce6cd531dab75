import { Controller } from '@nestjs/common';
import { type Load, loadChanged } from '#libs/contracts';
import { type EventBatchContext, OnEvent } from '#libs/messaging';
import { noteForAlerts } from '../alert/alert.store.js';
import { MatchJobs } from '../suggestion/match-jobs.service.js';
import { needsSharing } from '../suggestion/rematcher.service.js';
import { keepLoads } from './load.store.js';

/** Needs that are matched again for somebody who takes requests again: the newest. */
const NEEDS_EACH = 100;

/** Hears how many requests experts have in hand. Who is at the cap is out of new suggestions with the next one that is made; who is free again is looked at anew. */
@Controller()
export class LoadHandler {
  constructor(private readonly jobs: MatchJobs) {}

  @OnEvent(loadChanged, { batch: true })
  async changed(data: Load[], { manager }: EventBatchContext): Promise<void> {
    const free = await keepLoads(manager, data);
    if (free.length === 0) return;
    await this.jobs.add(manager, await needsSharing(manager, 'expert', free, NEEDS_EACH * free.length), 'subject');
    await noteForAlerts(manager, 'expert', free);
  }
}
