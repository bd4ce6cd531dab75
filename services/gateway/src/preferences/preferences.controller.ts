import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import type { z } from 'zod';
import { type CallContext, preferencesPutSchema, preferencesRpc, preferencesSchema } from '#libs/contracts';
import { RpcClient } from '#libs/service';
import { Caller } from '../auth/caller.js';
import { Operation } from '../docs/operation.js';
import { type IdParams, idParams } from '../http/params.js';
import { IfMatch } from '../http/revision.js';

const TAG = 'Preferences';

/** How firms and experts are told. Coordinators have no inbox, and nothing to choose. */
@Controller('v1/preferences')
export class PreferencesController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation({
    id: 'getPreferences',
    tag: TAG,
    summary: 'How the caller is told: what on which channel when, quiet hours, pause, language, cap, mutes',
    ok: preferencesSchema,
  })
  @Get()
  get(@Caller() ctx: CallContext) {
    return this.rpc.call(preferencesRpc.get, {}, ctx);
  }

  @Operation({
    id: 'putPreferences',
    tag: TAG,
    summary: 'Choose how to be told; what is left out falls back to its default, and what waits is decided anew',
    ok: preferencesSchema,
    example: {
      rhythms: { suggested: { email: 'daily' }, 'interest-reminder': { email: 'now' } },
      quietHours: { from: '19:00', to: '07:30' },
      timeZone: 'Europe/Zurich',
      pausedUntil: null,
      mailsPerDay: 4,
    },
    ifMatch: 'required',
  })
  @Put()
  put(
    @Body({ schema: preferencesPutSchema }) preferences: z.output<typeof preferencesPutSchema>,
    @IfMatch() revision: number,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(preferencesRpc.put, { revision, preferences }, ctx);
  }

  @Operation({
    id: 'listMutes',
    tag: TAG,
    summary: 'Reasons for which the caller does not want to be told',
    ok: preferencesRpc.mutes.response,
  })
  @Get('mutes')
  mutes(@Caller() ctx: CallContext) {
    return this.rpc.call(preferencesRpc.mutes, {}, ctx);
  }

  @Operation({ id: 'removeMute', tag: TAG, summary: 'Tell the caller again for this reason' })
  @Delete('mutes/:id')
  @HttpCode(204)
  async unmute(@Param({ schema: idParams }) { id }: IdParams, @Caller() ctx: CallContext): Promise<void> {
    await this.rpc.call(preferencesRpc.unmute, { id }, ctx);
  }
}
