import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type CallContext, Problem, preferencesRpc } from '#libs/contracts';
import { RpcClient } from '#libs/service';
import { Public } from '../auth/caller.js';
import { askPage, donePage, PAGE_POLICY, unknownPage } from './unsubscribe.page.js';

/**
 * The link of a mail by which its reader wants no more of them (RFC 8058). The token is all that is asked for. A GET never acts: mail programs and
 * scanners open links by themselves.
 */
@ApiExcludeController()
@Controller('unsubscribe')
export class UnsubscribeController {
  constructor(private readonly rpc: RpcClient) {}

  @Public()
  @Get(':token')
  async look(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.show(request, reply, async () =>
      askPage(await this.rpc.call(preferencesRpc.unsubscription, { token }, contextOf(request))),
    );
  }

  @Public()
  @Post(':token')
  @HttpCode(200)
  async act(
    @Param('token') token: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    // Our own page says `act`; a mail program says `List-Unsubscribe=One-Click`, in a form of either encoding.
    const act = body instanceof URLSearchParams && body.get('act') === 'mute' ? 'mute' : 'mails';
    await this.show(request, reply, async () =>
      donePage(await this.rpc.call(preferencesRpc.unsubscribe, { token, act }, contextOf(request)), act),
    );
  }

  private async show(request: FastifyRequest, reply: FastifyReply, page: () => Promise<string>): Promise<void> {
    const html = await page().catch((error: unknown) => {
      const unknown = error instanceof Problem && (error.code === 'not-found' || error.code === 'invalid-body');
      if (!unknown) throw error;
      reply.code(404);
      return unknownPage(request.lang);
    });
    await reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', PAGE_POLICY)
      .header('cache-control', 'no-store')
      .send(html);
  }
}

function contextOf(request: FastifyRequest): CallContext {
  return { actor: { kind: 'service', name: 'gateway' }, lang: request.lang, requestId: request.id };
}
