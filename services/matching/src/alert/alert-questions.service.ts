import { Injectable } from '@nestjs/common';
import { type Actor, Problem } from '#libs/contracts';
import type { Candidate } from '../match/candidate.js';
import { Knowledge } from '../match/knowledge.service.js';
import type { Question } from '../match/question.js';
import { Questions } from '../match/questions.service.js';
import type { AlertEntity } from './alert.entity.js';

/** Questions kept ready; beyond that they are made anew. */
const KEPT = 20_000;

/** The question that a saved search asks, as its owner would ask it: from their place, and never for themselves. */
@Injectable()
export class AlertQuestions {
  private readonly kept = new Map<string, { made: string; question: Question | undefined }>();

  constructor(
    private readonly questions: Questions,
    private readonly knowledge: Knowledge,
  ) {}

  /** Undefined where the owner is no longer there to ask it. */
  async of(alert: AlertEntity, now: Date): Promise<Question | undefined> {
    const made = `${alert.revision} ${this.knowledge.reading.version} ${now.toISOString().slice(0, 10)}`;
    const known = this.kept.get(alert.id);
    if (known?.made === made) return known.question;
    const question = await this.make(alert, now);
    if (this.kept.size >= KEPT) this.kept.clear();
    this.kept.set(alert.id, { made, question });
    return question;
  }

  private async make(alert: AlertEntity, now: Date): Promise<Question | undefined> {
    const { ownerKind: kind, ownerId: id, seek, text, competences, filters, prefer, lang } = alert;
    const actor: Actor = { kind, id };
    const request = {
      seek,
      limit: 50,
      ...(text ? { text } : {}),
      ...(competences.length > 0 ? { competences } : {}),
      ...(prefer ? { prefer } : {}),
      ...(lang ? { lang } : {}),
      ...(kind === 'expert' && seek === 'opportunities' ? { expertId: id } : {}),
      // Nobody is told of somebody who cannot be asked.
      filters: { ...filters, ...(seek === 'experts' ? { availableOnly: true } : {}) },
    };
    try {
      const question = await this.questions.of(request, { actor, lang: lang ?? 'it', requestId: 'alerts' }, now);
      const { options } = question;
      const isOwn = (one: Candidate) => one.id === id || one.owner === id;
      const exclude = (one: Candidate) => isOwn(one) || (options.exclude?.(one) ?? false);
      return { ...question, options: { ...options, exclude } };
    } catch (error) {
      if (error instanceof Problem && error.code === 'not-found') return undefined;
      throw error;
    }
  }
}
