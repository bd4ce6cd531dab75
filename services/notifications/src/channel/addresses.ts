import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Address, companiesRpc, expertsRpc, type Lang } from '#libs/contracts';
import { Clock, RpcClient, serviceContext } from '#libs/service';
import type { RecipientKind } from '../notice/notice.entity.js';
import { callOff, tell } from '../notice/tell.js';
import { keyOf, PreferenceStore, type Recipient } from '../preference/preference.store.js';
import type { Letter, Outcome } from './channel.js';

/** A letter, and where it goes. */
export interface Addressed {
  letter: Letter;
  recipient: Recipient;
  name: string;
  email: string;
  /** The language that was chosen for mails, or the profile's. */
  lang: Lang;
}

/** Where mails go: asked for at the moment of sending and kept nowhere. Of an address that was refused a hash is kept, to know it again. */
@Injectable()
export class Addresses {
  constructor(
    private readonly rpc: RpcClient,
    private readonly dataSource: DataSource,
    private readonly preferences: PreferenceStore,
    private readonly clock: Clock,
  ) {}

  /** The letters that can be sent; the others are settled. */
  async of(letters: Letter[], settle: (deliveryId: string, outcome: Outcome) => Promise<void>): Promise<Addressed[]> {
    const recipients = letters.map(recipientOf);
    const [firms, experts, wishes, refused] = await Promise.all([
      this.fetch('firm', recipients),
      this.fetch('expert', recipients),
      this.preferences.of(this.dataSource.manager, recipients),
      this.refused(recipients),
    ]);
    const addressed: Addressed[] = [];
    for (const letter of letters) {
      const recipient = recipientOf(letter);
      const found = recipient.kind === 'firm' ? firms : experts;
      const address = found?.get(recipient.id);
      if (!address?.email) {
        const outcome: Outcome = found ? cancelled('no-address') : { state: 'retry', reason: 'addresses-away' };
        await settle(letter.deliveryId, outcome);
        continue;
      }
      const known = refused.get(keyOf(recipient));
      if (known === hashOf(address.email)) {
        await settle(letter.deliveryId, cancelled('address-refused'));
        continue;
      }
      if (known) await this.forgive(recipient);
      const lang = wishes.get(keyOf(recipient))?.lang ?? address.lang;
      addressed.push({ letter, recipient, name: address.name, email: address.email, lang });
    }
    return addressed;
  }

  /** Notes that the server will not take this address, and says so in the inbox. Until the profile has another one nothing is sent there. */
  async refuse({ recipient, email }: Addressed, reason: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `INSERT INTO refused_address (recipient_kind, recipient_id, address_hash, reason, refused_at)
         SELECT kind, id, $3, $4, $5 FROM recipient WHERE kind = $1 AND id = $2 AND erased_at IS NULL
         ON CONFLICT (recipient_kind, recipient_id) DO UPDATE
           SET address_hash = EXCLUDED.address_hash, reason = EXCLUDED.reason, refused_at = EXCLUDED.refused_at`,
        [recipient.kind, recipient.id, hashOf(email), reason, this.clock.now()],
      );
      const news = {
        recipient,
        kind: 'address-refused' as const,
        aboutId: recipient.id,
        opportunityId: null,
        suggestionId: null,
      };
      await tell(manager, [news], ['inbox'], this.clock.now());
    });
  }

  /** The profile has another address: that one is tried. */
  private async forgive({ kind, id }: Recipient): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.query(`DELETE FROM refused_address WHERE recipient_kind = $1 AND recipient_id = $2`, [kind, id]);
      await callOff(manager, 'address-refused', [id], this.clock.now(), true);
    });
  }

  /** Null where the owner of the addresses cannot be asked. */
  private async fetch(kind: RecipientKind, recipients: Recipient[]): Promise<Map<string, Address> | null> {
    const ids = recipients.filter((one) => one.kind === kind).map(({ id }) => id);
    if (ids.length === 0) return new Map();
    const contract = kind === 'firm' ? companiesRpc.addresses : expertsRpc.addresses;
    const found = await this.rpc.fetchAll(contract, ids, serviceContext('notifications')).catch(() => null);
    return found && new Map(found.map((address) => [address.id, address]));
  }

  private async refused(recipients: Recipient[]): Promise<Map<string, string>> {
    const rows = await this.dataSource.query<{ kind: RecipientKind; id: string; address_hash: string }[]>(
      `SELECT recipient_kind AS kind, recipient_id AS id, address_hash FROM refused_address WHERE recipient_id = ANY($1::uuid[])`,
      [recipients.map(({ id }) => id)],
    );
    return new Map(rows.map((row) => [keyOf(row), row.address_hash]));
  }
}

const recipientOf = ({ notice }: Letter): Recipient => ({ kind: notice.recipientKind, id: notice.recipientId });
const cancelled = (reason: string): Outcome => ({ state: 'cancelled', reason });
const hashOf = (email: string): string => createHash('sha256').update(email.trim().toLowerCase()).digest('base64url');
