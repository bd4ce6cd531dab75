import type { Alert, AlertFacts } from '#libs/contracts';
import type { AlertEntity } from './alert.entity.js';

/** What a saved search has found so far. */
export interface Found {
  hits: number;
  lastHitAt: Date | null;
}

export function alertView(alert: AlertEntity, { hits, lastHitAt }: Found = { hits: 0, lastHitAt: null }): Alert {
  const { id, revision, name, seek, text, competences, filters, prefer, rhythm, lang, paused } = alert;
  const { createdAt, updatedAt } = alert;
  return {
    ...{ id, revision, name, seek, text, competences, filters, prefer, rhythm, paused, lang, hits },
    lastHitAt: lastHitAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

export function alertFacts(alert: AlertEntity, found?: Found): AlertFacts {
  const { ownerKind, ownerId } = alert;
  return { ...alertView(alert, found), ownerKind, ownerId };
}
