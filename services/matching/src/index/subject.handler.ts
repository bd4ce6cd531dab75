import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import {
  companyErased,
  companySaved,
  expertErased,
  expertSaved,
  opportunityClosed,
  opportunityPublished,
} from '#libs/contracts';
import { type EventBatchContext, OnEvent } from '#libs/messaging';
import { forgetAlerts } from '../alert/alert.store.js';
import { forgetLoads } from '../load/load.store.js';
import { MatchJobs } from '../suggestion/match-jobs.service.js';
import { Withdrawals } from '../suggestion/withdrawals.service.js';
import { note } from './subject.store.js';

/** Hears of subjects. Only notes that something is new, in the transaction of the inbox; the workers do the rest. */
@Controller()
export class SubjectHandler {
  constructor(
    private readonly jobs: MatchJobs,
    private readonly withdrawals: Withdrawals,
  ) {}

  @OnEvent(companySaved, { batch: true })
  async companySaved(data: z.output<typeof companySaved.data>[], { manager }: EventBatchContext): Promise<void> {
    await note(
      manager,
      'company',
      data.map(({ companyId: id, revision }) => ({ id, revision })),
    );
  }

  @OnEvent(companyErased, { batch: true })
  async companyErased(data: z.output<typeof companyErased.data>[], { manager }: EventBatchContext): Promise<void> {
    const gone = await note(
      manager,
      'company',
      data.map(({ companyId: id, revision }) => ({ id, revision, gone: true })),
    );
    await this.withdrawals.ofSubjects(manager, 'company', gone);
    await forgetAlerts(manager, 'firm', gone);
  }

  @OnEvent(expertSaved, { batch: true })
  async expertSaved(data: z.output<typeof expertSaved.data>[], { manager }: EventBatchContext): Promise<void> {
    const news = await note(
      manager,
      'expert',
      data.map(({ expertId: id, revision, listed }) => ({ id, revision, closed: !listed })),
    );
    const newest = new Map(data.toSorted((a, b) => a.revision - b.revision).map((one) => [one.expertId, one.listed]));
    const unlisted = [...newest].flatMap(([id, listed]) => (!listed && news.has(id) ? [id] : []));
    await this.withdrawals.ofSubjects(manager, 'expert', new Set(unlisted));
  }

  @OnEvent(expertErased, { batch: true })
  async expertErased(data: z.output<typeof expertErased.data>[], { manager }: EventBatchContext): Promise<void> {
    const gone = await note(
      manager,
      'expert',
      data.map(({ expertId: id, revision }) => ({ id, revision, gone: true })),
    );
    await this.withdrawals.ofSubjects(manager, 'expert', gone);
    await forgetAlerts(manager, 'expert', gone);
    await forgetLoads(manager, gone);
  }

  @OnEvent(opportunityPublished, { batch: true })
  async opportunityPublished(
    data: z.output<typeof opportunityPublished.data>[],
    { manager }: EventBatchContext,
  ): Promise<void> {
    const notices = data.map(({ opportunityId: id, revision, companyId: owner }) => ({ id, revision, owner }));
    const news = await note(manager, 'opportunity', notices);
    await this.jobs.add(manager, [...news], 'published');
  }

  @OnEvent(opportunityClosed, { batch: true })
  async opportunityClosed(
    data: z.output<typeof opportunityClosed.data>[],
    { manager }: EventBatchContext,
  ): Promise<void> {
    const notices = data.map(({ opportunityId: id, revision, companyId: owner, reason }) => ({
      id,
      revision,
      owner,
      closed: true,
      gone: reason === 'erased',
    }));
    const news = await note(manager, 'opportunity', notices);
    await this.jobs.drop(manager, [...news]);
    await this.withdrawals.ofOpportunities(manager, news);
  }
}
