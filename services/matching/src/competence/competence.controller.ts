import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { Taxonomy } from '#libs/competences';
import { type CallContext, matchingRpc } from '#libs/contracts';
import { Rpc } from '#libs/service';

@Controller()
export class CompetenceController {
  /** Completes what somebody types into a field for competences; nothing typed shows the fields at the top. */
  @Rpc(matchingRpc.competences)
  complete({ q, lang, limit }: z.output<typeof matchingRpc.competences.request>, ctx: CallContext) {
    const taxonomy = Taxonomy.own();
    const shown = lang ?? ctx.lang;
    const hits = q.trim()
      ? taxonomy.search(q, shown, limit)
      : taxonomy
          .concepts()
          .filter((concept) => concept.broader === null)
          .slice(0, limit)
          .map((concept) => ({ id: concept.id, label: concept.labels[shown][0] ?? concept.id, broader: null }));
    return { items: hits.map(({ id, label, broader }) => ({ id, label, broader })), nextCursor: null };
  }
}
