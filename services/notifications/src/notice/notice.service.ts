import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { type Actor, type CallContext, type Lang, type Notice, type notificationsRpc, Problem } from '#libs/contracts';
import { cursorAfter, idOfCursor } from '#libs/records';
import { NoticeEntity, type RecipientKind } from './notice.entity.js';
import { NoticeTexts, READER_PATIENCE_MS, type ToldNotice } from './notice-texts.service.js';

type InboxQuery = z.output<typeof notificationsRpc.inbox.request>;
type InboxPage = z.output<typeof notificationsRpc.inbox.response>;
type Update = z.output<typeof notificationsRpc.update.request>;
type Recipient = { kind: RecipientKind; id: string };

const EMPTY: InboxPage = { items: [], nextCursor: null, unread: 0 };

/** The inbox of whoever asks; nobody sees another's. */
@Injectable()
export class NoticeService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly texts: NoticeTexts,
  ) {}

  /** A page of the inbox, newest first; with `after` what came since that notice, oldest first. */
  async inbox(query: InboxQuery, ctx: CallContext): Promise<InboxPage> {
    const recipient = recipientOf(ctx.actor);
    if (!recipient) return EMPTY;
    const cursor = idOfCursor(query.cursor);
    const forward = query.after !== undefined;
    const list = this.own(recipient)
      .orderBy('notice.place', forward ? 'ASC' : 'DESC')
      .limit(query.limit + 1);
    if (query.after !== undefined)
      list.andWhere('notice.place > :after', { after: await this.place(recipient, query.after) });
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
  async update({ id, revision, state }: Update, ctx: CallContext): Promise<Notice> {
    const recipient = recipientOf(ctx.actor);
    if (!recipient) throw notFound();
    const changed = await this.dataSource.transaction(async (manager) => {
      const { affected } = await manager
        .createQueryBuilder()
        .update(NoticeEntity)
        .set({ state, revision: () => 'revision + 1', closedAt: () => 'NULL' })
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

function recipientOf(actor: Actor): Recipient | undefined {
  return actor.kind === 'firm' || actor.kind === 'expert' ? { kind: actor.kind, id: actor.id } : undefined;
}

function wordedNotice(notice: NoticeEntity, { title, text, reasons }: ToldNotice): Notice {
  return {
    id: notice.id,
    revision: notice.revision,
    kind: notice.kind,
    state: notice.state,
    title,
    text,
    reasons,
    refs: {
      opportunityId: notice.opportunityId,
      ...(notice.suggestionId ? { suggestionId: notice.suggestionId } : {}),
    },
    createdAt: notice.createdAt.toISOString(),
  };
}

function notFound(): Problem {
  return new Problem('not-found', 'There is no such notice');
}
