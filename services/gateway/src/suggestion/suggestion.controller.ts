import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { type CallContext, matchingRpc, Problem, suggestionSchema } from '#libs/contracts';
import { RpcClient } from '#libs/service';
import { Caller } from '../auth/caller.js';
import { Operation } from '../docs/operation.js';
import { type IdParams, idParams } from '../http/params.js';
import { OptionalIfMatch } from '../http/revision.js';
import { namedSuggestionPageSchema, namedSuggestionSchema } from '../match/match.dto.js';
import { SubjectNames } from '../match/subject-names.js';

const TAG = 'Suggestions';
const pageQuery = matchingRpc.suggestions.request.pick({ cursor: true, limit: true });
const seekQuery = matchingRpc.suggestions.request.pick({ seek: true, cursor: true, limit: true });
const dismissBody = matchingRpc.dismiss.request.pick({ reason: true }).optional();
type Asked = z.input<typeof matchingRpc.suggestions.request>;

/** Stored suggestions. Whose they are is checked by matching, which answers 404 to everybody else. */
@Controller('v1')
export class SuggestionController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly names: SubjectNames,
  ) {}

  @Operation({
    id: 'listSuggestionsOfOpportunity',
    tag: TAG,
    summary: 'Who was suggested for a published offer or request',
    ok: namedSuggestionPageSchema,
  })
  @Get('opportunities/:id/suggestions')
  ofOpportunity(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: seekQuery }) query: z.output<typeof seekQuery>,
    @Caller() ctx: CallContext,
  ) {
    return this.page({ ...query, opportunityId: id, seek: query.seek ?? 'experts' }, ctx);
  }

  @Operation({
    id: 'listSuggestionsOfCompany',
    tag: TAG,
    summary: "Suggestions for a company's requests, and requests it was suggested for",
    ok: namedSuggestionPageSchema,
  })
  @Get('companies/:id/suggestions')
  ofCompany(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: pageQuery }) query: z.output<typeof pageQuery>,
    @Caller() ctx: CallContext,
  ) {
    return this.page({ ...query, companyId: id }, ctx);
  }

  @Operation({
    id: 'listSuggestionsOfExpert',
    tag: TAG,
    summary: 'Requests that an expert was suggested for',
    ok: namedSuggestionPageSchema,
  })
  @Get('experts/:id/suggestions')
  ofExpert(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: pageQuery }) query: z.output<typeof pageQuery>,
    @Caller() ctx: CallContext,
  ) {
    return this.page({ ...query, expertId: id }, ctx);
  }

  @Operation({
    id: 'getSuggestion',
    tag: TAG,
    summary:
      'One suggestion, as your side sees it: the expert or partner for the owner of the request, the request for these',
    ok: namedSuggestionSchema,
  })
  @Get('suggestions/:id')
  async one(@Param({ schema: idParams }) { id }: IdParams, @Caller() ctx: CallContext) {
    const [named] = await this.names.join([await this.rpc.call(matchingRpc.suggestion, { id }, ctx)], ctx);
    // Whose owner no longer shows it is in no list either.
    if (!named) throw new Problem('not-found', 'There is no such suggestion');
    return named;
  }

  @Operation({
    id: 'dismissSuggestion',
    tag: TAG,
    summary: 'Not for us: set a suggestion aside; a reason helps the ranking to learn',
    ok: suggestionSchema,
    example: { reason: 'not-my-field' },
    ifMatch: 'optional',
  })
  @Post('suggestions/:id/dismiss')
  @HttpCode(200)
  dismiss(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: dismissBody }) body: z.output<typeof dismissBody>,
    @OptionalIfMatch() revision: number | undefined,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(matchingRpc.dismiss, { id, revision, ...body }, ctx);
  }

  private async page(asked: Asked, ctx: CallContext) {
    const page = await this.rpc.call(matchingRpc.suggestions, asked, ctx);
    return { ...page, items: await this.names.join(page.items, ctx) };
  }
}
