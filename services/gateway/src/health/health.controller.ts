import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Readiness } from '#libs/service';
import { Public } from '../auth/caller.js';

/** For whoever balances load in front of the gateway. Says nothing of the inside; the internal port does. */
@ApiExcludeController()
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Public()
  @Get('live')
  live() {
    return { status: 'ok' };
  }

  @Public()
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const ready = (await this.readiness.problems()).length === 0;
    reply.code(ready ? 200 : 503);
    return { status: ready ? 'ok' : 'not-ready' };
  }
}
