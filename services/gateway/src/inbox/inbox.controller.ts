import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import {
  type CallContext,
  idSchema,
  muteSchema,
  noticeChangeSchema,
  noticeSchema,
  notificationsRpc,
  Problem,
} from '#libs/contracts';
import { RpcClient } from '#libs/service';
import { Caller } from '../auth/caller.js';
import { Operation } from '../docs/operation.js';
import { type IdParams, idParams, noFields } from '../http/params.js';
import { IfMatch } from '../http/revision.js';
import { InboxStreams } from './inbox-streams.js';

const TAG = 'Inbox';
const listQuery = notificationsRpc.inbox.request.omit({ after: true });

@Controller('v1/inbox')
export class InboxController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly streams: InboxStreams,
  ) {}

  @Operation({
    id: 'listNotices',
    tag: TAG,
    summary: "The caller's notices, newest first",
    ok: notificationsRpc.inbox.response,
  })
  @Get()
  list(@Query({ schema: listQuery }) query: z.output<typeof listQuery>, @Caller() ctx: CallContext) {
    return this.rpc.call(notificationsRpc.inbox, query, ctx);
  }

  @Operation({
    id: 'streamNotices',
    tag: TAG,
    summary: 'New notices as they come: server-sent events named `notice`; `Last-Event-ID` resumes',
    stream: 'text/event-stream',
  })
  @Get('stream')
  async stream(
    @Headers('last-event-id') lastEventId: string | undefined,
    @Caller() ctx: CallContext,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const last = lastEventId ? idSchema.safeParse(lastEventId) : undefined;
    if (last && !last.success) {
      const detail = 'must be the id of an event that was received';
      throw new Problem('invalid-header', `Last-Event-ID ${detail}`, [{ pointer: 'Last-Event-ID', detail }]);
    }
    await this.streams.open(request, reply, ctx, last?.data);
  }

  @Operation({
    id: 'updateNotice',
    tag: TAG,
    summary: 'Mark a notice as read, done or unread, or put it off until a time, at which it is unread again',
    ok: noticeSchema,
    example: { state: 'read' },
    ifMatch: 'required',
  })
  @Patch(':id')
  update(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: noticeChangeSchema }) change: z.output<typeof noticeChangeSchema>,
    @IfMatch() revision: number,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(notificationsRpc.update, { id, revision, change }, ctx);
  }

  @Operation({
    id: 'muteNotice',
    tag: TAG,
    summary: 'No more notices for the reason of this one (its kind and, where there is one, its competence)',
    ok: muteSchema,
  })
  @Post(':id/mute')
  @HttpCode(200)
  mute(
    @Param({ schema: idParams }) { id }: IdParams,
    @Body({ schema: noFields }) _body: undefined,
    @Caller() ctx: CallContext,
  ) {
    return this.rpc.call(notificationsRpc.mute, { id }, ctx);
  }
}
