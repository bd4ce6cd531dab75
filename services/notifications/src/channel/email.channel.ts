import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { type Address, companiesRpc, expertsRpc, type Lang } from '#libs/contracts';
import { RpcClient, serviceContext } from '#libs/service';
import { CONFIG, type Config } from '../config.js';
import type { RecipientKind } from '../notice/notice.entity.js';
import { NoticeTexts, type ToldNotice } from '../notice/notice-texts.service.js';
import type { Channel, Letter, Outcome } from './channel.js';
import { emailOf } from './email.js';

type Settle = (deliveryId: string, outcome: Outcome) => Promise<void>;
type Addressed = Letter & { address: Address };

/** One mail for each notice. Address, language and text are asked for at the moment of sending and kept nowhere. */
@Injectable()
export class EmailChannel implements Channel, OnModuleDestroy {
  readonly name = 'email';
  readonly enabled: boolean;
  readonly perHour: number;
  private readonly logger = new Logger('Email');
  private readonly transport;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly rpc: RpcClient,
    private readonly texts: NoticeTexts,
  ) {
    this.enabled = config.SMTP_URL !== undefined;
    this.perHour = config.MAIL_PER_HOUR;
    // Requeueing is the delivery row's job: the pool would send again what the server may have taken.
    this.transport = createTransport({
      pool: true,
      url: config.SMTP_URL,
      maxConnections: 4,
      maxRequeues: 0,
      connectionTimeout: 5000,
      greetingTimeout: 5000,
      socketTimeout: 10_000,
    });
    if (!this.enabled) this.logger.warn('SMTP_URL is not set: nobody is written to by e-mail');
  }

  onModuleDestroy(): void {
    this.transport.close();
  }

  async deliver(letters: Letter[], settle: Settle): Promise<void> {
    const addressed = [
      ...(await this.addressed('firm', letters, settle)),
      ...(await this.addressed('expert', letters, settle)),
    ];
    for (const [lang, group] of Map.groupBy(addressed, ({ address }) => address.lang)) {
      const texts = await this.texts.of(
        group.map(({ notice }) => notice),
        lang as Lang,
      );
      await Promise.all(
        group.map(async (letter) => settle(letter.deliveryId, await this.send(letter, texts.get(letter.notice.id)!))),
      );
    }
  }

  /** The letters of one kind of recipient with their addresses; the others are settled. */
  private async addressed(kind: RecipientKind, all: Letter[], settle: Settle): Promise<Addressed[]> {
    const letters = all.filter(({ notice }) => notice.recipientKind === kind);
    if (letters.length === 0) return [];
    const contract = kind === 'firm' ? companiesRpc.addresses : expertsRpc.addresses;
    const ids = letters.map(({ notice }) => notice.recipientId);
    const found = await this.rpc.fetchAll(contract, ids, serviceContext('notifications')).catch(() => null);
    const addresses = new Map(found?.map((address) => [address.id, address]));
    const addressed: Addressed[] = [];
    for (const letter of letters) {
      const address = addresses.get(letter.notice.recipientId);
      if (address?.email) addressed.push({ ...letter, address });
      else await settle(letter.deliveryId, found ? cancelled('no-address') : retry('addresses-away'));
    }
    return addressed;
  }

  private async send({ deliveryId, notice, address }: Addressed, told: ToldNotice): Promise<Outcome> {
    if (told.status === 'away') return retry('owner-away');
    if (told.status === 'gone' || !told.standing) return cancelled('gone');
    try {
      await this.transport.sendMail({
        ...(await emailOf(notice, told, address, this.config.PUBLIC_URL)),
        from: this.config.MAIL_FROM,
        to: { name: address.name, address: address.email! },
        // Stable: when a sender dies between the server's answer and the commit, the second mail is recognisable as the first.
        messageId: `<${deliveryId}@${domainOf(this.config.MAIL_FROM)}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': address.lang },
      });
      return { state: 'sent' };
    } catch (error) {
      return refusalOf(error);
    }
  }
}

/** Only a refusal of this very letter is final. A password or a connection that does not work is the operator's to mend. */
function refusalOf(error: unknown): Outcome {
  const { code = 'UNKNOWN', responseCode = 0 } = error as { code?: string; responseCode?: number };
  const reason = responseCode ? `${code} ${responseCode}` : code;
  const aboutThisLetter = code === 'EENVELOPE' || code === 'EMESSAGE';
  return aboutThisLetter && responseCode >= 500 ? { state: 'failed', reason } : retry(reason);
}

const cancelled = (reason: string): Outcome => ({ state: 'cancelled', reason });
const retry = (reason: string): Outcome => ({ state: 'retry', reason });

function domainOf(from: string): string {
  return /@([^\s<>@]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
}
