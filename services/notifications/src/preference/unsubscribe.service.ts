import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Lang, Problem, type Unsubscription } from '#libs/contracts';
import { Clock } from '#libs/service';
import type { NoticeKind, RecipientKind } from '../notice/notice.entity.js';
import { Mutes } from './mutes.js';
import { mailsOff } from './preference.service.js';
import { keyOf, PreferenceStore, type Recipient } from './preference.store.js';

/** What the link of one mail switches off. */
export interface Link {
  recipient: Recipient;
  lang: Lang;
  kinds: NoticeKind[];
  /** The competence that the mail was sent for, which can be muted alone. */
  competence: string | null;
}

interface Row {
  recipient_kind: RecipientKind;
  recipient_id: string;
  lang: Lang;
  kinds: NoticeKind[];
  competence: string | null;
}

/**
 * The links of mails by which their reader wants no more of them. Whoever has the link may use it without signing in, so it is random, says nothing
 * of its owner, and only its hash is kept.
 */
@Injectable()
export class UnsubscribeService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly store: PreferenceStore,
    private readonly mutes: Mutes,
    private readonly clock: Clock,
  ) {}

  /** A token for each link, in their order. */
  async tokens(links: Link[]): Promise<string[]> {
    const tokens = links.map(() => randomBytes(32).toString('base64url'));
    await this.dataSource.query(
      `INSERT INTO unsubscribe_token (hash, recipient_kind, recipient_id, lang, kinds, competence, created_at)
       SELECT hash, kind, id, lang, string_to_array(kinds, ','), competence, $7
       FROM unnest($1::text[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[]) AS t (hash, kind, id, lang, kinds, competence)`,
      [
        tokens.map(hashOf),
        links.map(({ recipient }) => recipient.kind),
        links.map(({ recipient }) => recipient.id),
        links.map(({ lang }) => lang),
        links.map(({ kinds }) => kinds.join(',')),
        links.map(({ competence }) => competence),
        this.clock.now(),
      ],
    );
    return tokens;
  }

  /** What a link would do. Looking changes nothing: mail programs open links by themselves. */
  async look(token: string): Promise<Unsubscription> {
    return this.shown(this.dataSource.manager, await this.row(token));
  }

  async act(token: string, act: 'mails' | 'mute'): Promise<Unsubscription> {
    const row = await this.row(token);
    const recipient = { kind: row.recipient_kind, id: row.recipient_id };
    return this.dataSource.transaction(async (manager) => {
      const now = this.clock.now();
      if (act === 'mute' && row.competence) {
        const mute = { kind: 'suggested' as const, competence: row.competence };
        await this.mutes.add(manager, recipient, mute, row.lang, now);
      } else await mailsOff(manager, recipient, row.kinds, now);
      return this.shown(manager, row);
    });
  }

  private async row(token: string): Promise<Row> {
    const [row] = await this.dataSource.query<Row[]>(
      `SELECT recipient_kind, recipient_id, lang, kinds, competence FROM unsubscribe_token WHERE hash = $1`,
      [hashOf(token)],
    );
    if (!row) throw new Problem('not-found', 'There is no such link, or it is too old');
    return row;
  }

  private async shown(manager: EntityManager, row: Row): Promise<Unsubscription> {
    const recipient = { kind: row.recipient_kind, id: row.recipient_id };
    const wishes = (await this.store.of(manager, [recipient])).get(keyOf(recipient))!;
    const names = row.competence ? await this.mutes.names([row.competence], row.lang) : undefined;
    return {
      lang: row.lang,
      kinds: row.kinds,
      competence: row.competence && (names?.get(row.competence) ?? row.competence),
      done: row.kinds.every((kind) => wishes.rhythms[kind].email === 'never'),
    };
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
