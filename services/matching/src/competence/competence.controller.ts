import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { Taxonomy } from '#libs/competences';
import { type CallContext, matchingRpc } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { ReferenceTaxonomies } from '../taxonomy/reference.service.js';
import { completions } from './completions.js';

@Controller()
export class CompetenceController {
  constructor(private readonly references: ReferenceTaxonomies) {}

  /** Completes what somebody types into a field for competences; nothing typed shows the fields at the top. */
  @Rpc(matchingRpc.competences)
  complete({ q, lang, limit }: z.output<typeof matchingRpc.competences.request>, ctx: CallContext) {
    const own = Taxonomy.own();
    const shown = lang ?? ctx.lang;
    const items = q.trim()
      ? completions(own, this.references.current(), q, shown, limit)
      : own
          .concepts()
          .filter((concept) => concept.broader === null)
          .slice(0, limit)
          .map((concept) => ({ id: concept.id, label: concept.labels[shown][0] ?? concept.id, broader: null }));
    return { items, nextCursor: null };
  }

  @Rpc(matchingRpc.competenceNames)
  names({ ids }: z.output<typeof matchingRpc.competenceNames.request>, { lang }: CallContext) {
    const known = this.references.current();
    const items = ids.flatMap((id) => {
      const label = Taxonomy.own().label(id, lang) ?? known?.label(id, lang);
      return label ? { id, label } : [];
    });
    return { items, rest: [] };
  }
}
