import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { type CallContext, type Lang, type Mute, type Notice, notificationsRpc, Problem } from '#libs/contracts';
import { cursorAfter, idOfCursor, runOnce } from '#libs/records';
import { Clock } from '#libs/service';
import { Mutes } from '../preference/mutes.js';
import { type Recipient, recipientOf } from '../preference/preference.store.js';
import { NoticeEntity } from './notice.entity.js';
import { NoticeTexts, READER_PATIENCE_MS, type ToldNotice } from './notice-texts.service.js';
import { refsOf } from './refs.js';

type InboxQuery = z.output<typeof notificationsRpc.inbox.request>;
type InboxPage = z.output<typeof notificationsRpc.inbox.response>;
type Update = z.output<typeof notificationsRpc.update.request>;

const YEAR_MS = 366 * 86_400_000;
const EMPTY: InboxPage = { items: [], nextCursor: null, unread: 0 };

/** The inbox of whoever asks; nobody sees another's. */
@Injectable()
export class NoticeService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly texts: NoticeTexts,
    private readonly mutes: Mutes,
    private readonly clock: Clock,
  ) {}

  /** A page of the inbox, newest first; with `after` what came since that notice, oldest first. */
  async inbox(query: InboxQuery, ctx: CallContext): Promise<InboxPage> {
    const recipient = recipientOf(ctx.actor);
    if (!recipient) return EMPTY;
    await this.wake(recipient);
    const cursor = idOfCursor(query.cursor);
    const forward = query.after !== undefined;
    const list = this.own(recipient)
      .orderBy('notice.place', forward ? 'ASC' : 'DESC')
      .limit(query.limit + 1);
    if (query.after !== undefined) {
      // Who listens to what is new is not to hear of what was muted.
      list.andWhere('notice.place > :after AND NOT notice.muted', { after: await this.place(recipient, query.after) });
    }
    if (cursor !== undefined) {
      list.andWhere(`notice.place ${forward ? '>' : '<'} :cursor`, { cursor: await this.place(recipient, cursor) });
    }
    if (query.state !== undefined) list.andWhere('notice.state = :state', { state: query.state });
    // Counted after the list was read: the other way round a notice could be shown as unread and not be counted.
    const rows = await list.getMany();
    const unread = await this.own(recipient).andWhere(`notice.state = 'unread'`).getCount();
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return {
      items: await this.worded(page, ctx.lang),
      nextCursor: last && rows.length > page.length ? cursorAfter(last.id) : null,
      unread,
    };
  }

  /** Sets a notice's state. What was still to be sent about it is called off once it was read here. */
  async update(request: Update, ctx: CallContext): Promise<Notice> {
    const { id, revision, change } = request;
    const recipient = recipientOf(ctx.actor);
    if (!recipient) throw notFound();
    const { state } = change;
    const snoozedUntil = change.snoozedUntil ? this.futureOf(change.snoozedUntil) : null;
    await this.wake(recipient);
    const changed = await runOnce(this.dataSource, ctx, notificationsRpc.update.subject, request, async (manager) => {
      const { affected } = await manager
        .createQueryBuilder()
        .update(NoticeEntity)
        .set({ state, snoozedUntil, revision: () => 'revision + 1', closedAt: () => 'NULL' })
        .where('id = :id AND recipient_kind = :kind AND recipient_id = :owner AND revision = :revision', {
          id,
          kind: recipient.kind,
          owner: recipient.id,
          revision,
        })
        .execute();
      if (affected && state !== 'unread') {
        await manager.query(
          `UPDATE delivery SET state = 'cancelled', last_error = 'read' WHERE notice_id = $1 AND state = 'pending'`,
          [id],
        );
      }
      return affected;
    });
    const notice = await this.own(recipient).andWhere('notice.id = :id', { id }).getOne();
    if (!notice) throw notFound();
    if (!changed) throw new Problem('revision-mismatch', `The notice is at revision ${notice.revision} by now`);
    const [worded] = await this.worded([notice], ctx.lang);
    return worded!;
  }

  /** No more notices for the reason of this one; this one is done with, and what was still to go out about it is called off. */
  async mute({ id }: { id: string }, ctx: CallContext): Promise<Mute> {
    const recipient = recipientOf(ctx.actor);
    const notice = recipient && (await this.own(recipient).andWhere('notice.id = :id', { id }).getOne());
    if (!notice) throw notFound();
    const { because } = (await this.texts.of([notice], ctx.lang, READER_PATIENCE_MS)).get(id)!;
    if (!because.mutable) {
      throw new Problem(
        'conflict',
        'Notices of this kind wait for an answer or bring one; how they are told is set in the preferences',
      );
    }
    return this.dataSource.transaction(async (manager) => {
      await manager.query(
        `UPDATE notice SET state = 'done', snoozed_until = NULL, revision = revision + 1 WHERE id = $1 AND state <> 'done'`,
        [id],
      );
      await manager.query(
        `UPDATE delivery SET state = 'cancelled', last_error = 'muted' WHERE notice_id = $1 AND state = 'pending'`,
        [id],
      );
      const { kind } = notice;
      return this.mutes.add(manager, recipient, { kind, competence: because.competence }, ctx.lang, this.clock.now());
    });
  }

  /** What was snoozed until now is unread again. Done when somebody looks: nobody else could tell. */
  private async wake({ kind, id }: Recipient): Promise<void> {
    await this.dataSource.query(
      `UPDATE notice SET state = 'unread', snoozed_until = NULL, revision = revision + 1
       WHERE recipient_kind = $1 AND recipient_id = $2 AND state = 'snoozed' AND snoozed_until <= $3`,
      [kind, id, this.clock.now()],
    );
  }

  private futureOf(until: string): Date {
    const at = new Date(until);
    const now = this.clock.now().getTime();
    if (at.getTime() > now && at.getTime() < now + YEAR_MS) return at;
    const detail = 'must be within the next year';
    throw new Problem('invalid-body', `snoozedUntil ${detail}`, [{ pointer: '/snoozedUntil', detail }]);
  }

  private own({ kind, id }: Recipient) {
    return this.dataSource.manager
      .createQueryBuilder(NoticeEntity, 'notice')
      .where('notice.recipient_kind = :kind AND notice.recipient_id = :owner', { kind, owner: id });
  }

  private async place(recipient: Recipient, id: string): Promise<string> {
    const notice = await this.own(recipient).andWhere('notice.id = :id', { id }).getOne();
    if (!notice) throw notFound();
    return notice.place;
  }

  private async worded(notices: NoticeEntity[], lang: Lang): Promise<Notice[]> {
    if (notices.length === 0) return [];
    const texts = await this.texts.of(notices, lang, READER_PATIENCE_MS);
    return notices.map((notice) => wordedNotice(notice, texts.get(notice.id)!));
  }
}

function wordedNotice(notice: NoticeEntity, { title, text, because, reasons, nextSuggestionId }: ToldNotice): Notice {
  return {
    id: notice.id,
    revision: notice.revision,
    kind: notice.kind,
    state: notice.state,
    snoozedUntil: notice.snoozedUntil?.toISOString() ?? null,
    title,
    text,
    because,
    reasons,
    refs: refsOf(notice, notice.suggestionId ?? nextSuggestionId),
    createdAt: notice.createdAt.toISOString(),
  };
}

function notFound(): Problem {
  return new Problem('not-found', 'There is no such notice');
}
