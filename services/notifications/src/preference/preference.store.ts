import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor, PreferenceChoice } from '#libs/contracts';
import { CONFIG, type Config } from '../config.js';
import type { RecipientKind } from '../notice/notice.entity.js';
import { type Effective, effective, type House } from './defaults.js';

export interface Recipient {
  kind: RecipientKind;
  id: string;
}
export const keyOf = ({ kind, id }: Recipient): string => `${kind}:${id}`;

/** Who has an inbox: firms and experts. */
export function recipientOf(actor: Actor): Recipient | undefined {
  return actor.kind === 'firm' || actor.kind === 'expert' ? { kind: actor.kind, id: actor.id } : undefined;
}

/** What people chose, with the defaults of this installation for the rest. */
@Injectable()
export class PreferenceStore {
  readonly house: House;

  constructor(@Inject(CONFIG) config: Config) {
    this.house = { quietHours: config.QUIET_HOURS, mailsPerDay: config.MAILS_PER_DAY };
  }

  /** How each of them wants to be told, by `keyOf`. */
  async of(manager: EntityManager, recipients: Recipient[]): Promise<Map<string, Effective>> {
    const distinct = new Map(recipients.map((one) => [keyOf(one), one]));
    const rows = await manager.query<{ kind: RecipientKind; id: string; choice: PreferenceChoice }[]>(
      `SELECT recipient_kind AS kind, recipient_id AS id, choice FROM preference
       WHERE (recipient_kind, recipient_id) IN (SELECT * FROM unnest($1::text[], $2::uuid[]))`,
      [[...distinct.values()].map(({ kind }) => kind), [...distinct.values()].map(({ id }) => id)],
    );
    const choices = new Map(rows.map((row) => [keyOf(row), row.choice]));
    return new Map([...distinct.keys()].map((key) => [key, effective(choices.get(key) ?? {}, this.house)]));
  }
}
