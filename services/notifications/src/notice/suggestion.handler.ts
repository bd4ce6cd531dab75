import { Controller } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { suggestionDismissed, suggestionMade, suggestionWithdrawn } from '#libs/contracts';
import { type EventBatchContext, OnEvent } from '#libs/messaging';
import { Clock } from '#libs/service';
import { Channels } from '../channel/channels.js';
import { Mutes } from '../preference/mutes.js';
import { Owners } from './owners.js';
import { callOff, type News, tell } from './tell.js';

type Made = z.infer<typeof suggestionMade.data>;
type About = Pick<Made, 'suggestionId' | 'opportunityId' | 'revision'>;

/** Suggestions become notices for both sides, and stop being ones when they fall. */
@Controller()
export class SuggestionHandler {
  constructor(
    private readonly channels: Channels,
    private readonly owners: Owners,
    private readonly mutes: Mutes,
    private readonly clock: Clock,
  ) {}

  @OnEvent(suggestionMade, { batch: true })
  async made(data: Made[], { manager }: EventBatchContext): Promise<void> {
    const owners = await this.owners.of(data);
    const fresh = await newer(manager, data, true);
    const news = data
      .filter((one) => fresh.has(one.suggestionId))
      .flatMap((one) => newsOf(one, owners.get(one.opportunityId)));
    await tell(manager, await this.mutes.apply(manager, news), this.channels.names, this.clock.now());
  }

  @OnEvent(suggestionWithdrawn, { batch: true })
  async withdrawn(data: About[], { manager }: EventBatchContext): Promise<void> {
    await this.fallen(data, manager);
  }

  @OnEvent(suggestionDismissed, { batch: true })
  async dismissed(data: About[], { manager }: EventBatchContext): Promise<void> {
    await this.fallen(data, manager);
  }

  private async fallen(data: About[], manager: EntityManager): Promise<void> {
    const fresh = await newer(manager, data, false);
    const fallen = data.filter((one) => fresh.has(one.suggestionId));
    if (fallen.length === 0) return;
    const now = this.clock.now();
    await callOff(manager, 'suggested', [...fresh], now);
    const opportunityIds = [...new Set(fallen.map((one) => one.opportunityId))].sort();
    // Locked before counting: two withdrawals at once would each still see the other's suggestion standing.
    await manager.query(
      `SELECT id FROM notice WHERE kind = 'suggestions-ready' AND about_id = ANY($1::uuid[]) ORDER BY recipient_id, about_id FOR UPDATE`,
      [opportunityIds],
    );
    const left = await manager.query<{ opportunity_id: string }[]>(
      `SELECT DISTINCT opportunity_id FROM suggestion WHERE standing AND opportunity_id = ANY($1::uuid[])`,
      [opportunityIds],
    );
    const standing = new Set(left.map((row) => row.opportunity_id));
    await callOff(
      manager,
      'suggestions-ready',
      opportunityIds.filter((id) => !standing.has(id)),
      now,
    );
  }
}

/** Notes which suggestions stand; answers with those of which this is newer than what was known, whatever the order in which events come. */
async function newer(manager: EntityManager, data: About[], standing: boolean): Promise<Set<string>> {
  const newest = new Map<string, About>();
  for (const one of data) {
    if ((newest.get(one.suggestionId)?.revision ?? 0) < one.revision) newest.set(one.suggestionId, one);
  }
  const rows = [...newest.values()].sort((a, b) => (a.suggestionId < b.suggestionId ? -1 : 1));
  const written = await manager.query<{ id: string }[]>(
    `INSERT INTO suggestion (id, opportunity_id, revision, standing)
     SELECT id, opportunity_id, revision, $4 FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS s (id, opportunity_id, revision)
     ON CONFLICT (id) DO UPDATE SET revision = EXCLUDED.revision, standing = EXCLUDED.standing
       WHERE suggestion.revision < EXCLUDED.revision
     RETURNING id`,
    [
      rows.map((row) => row.suggestionId),
      rows.map((row) => row.opportunityId),
      rows.map((row) => row.revision),
      standing,
    ],
  );
  return new Set(written.map((row) => row.id));
}

function newsOf(made: Made, ownerId: string | undefined): News[] {
  const { suggestionId, opportunityId } = made;
  // Without an owner the opportunity is gone, and its suggestions will be withdrawn.
  if (!ownerId) return [];
  const owner: News = {
    recipient: { kind: 'firm', id: ownerId },
    kind: 'suggestions-ready',
    aboutId: opportunityId,
    opportunityId,
    suggestionId: null,
  };
  if (made.subjectType === 'opportunity') return [owner];
  const kind = made.subjectType === 'expert' ? 'expert' : 'firm';
  return [
    { recipient: { kind, id: made.subjectId }, kind: 'suggested', aboutId: suggestionId, opportunityId, suggestionId },
    owner,
  ];
}
