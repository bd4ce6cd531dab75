import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorName, Problem } from '#libs/contracts';
import { Public, SignedIn } from '../auth/caller.js';
import type { BrowserSessions } from './browser-sessions.js';

declare module 'fastify' {
  interface FastifyInstance {
    /** Absent where the gateway is no client of an issuer. */
    sessions: BrowserSessions | undefined;
  }
}

/** Sign-in for browsers. */
@ApiExcludeController()
@Controller('auth')
export class SessionController {
  @Public()
  @Get('login')
  async login(
    @Query('returnTo') returnTo: unknown,
    @Query('again') again: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const url = await sessionsOf(request).begin(reply, returnTo, again === 'true');
    await reply.header('cache-control', 'no-store').redirect(url, 303);
  }

  @Public()
  @Get('callback')
  async callback(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const path = await sessionsOf(request).arrive(request, reply);
    await reply.header('cache-control', 'no-store').redirect(path, 303);
  }

  /** Needs what every request that changes something needs: a page of another site must not sign anybody out. */
  @SignedIn()
  @Post('logout')
  async logout(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const issuer = await sessionsOf(request).leave(request, reply);
    reply.code(200).header('cache-control', 'no-store');
    return { issuer: issuer ?? null };
  }

  /** Who the caller is, by session or by token. */
  @SignedIn()
  @Get('session')
  session(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { bearer } = request;
    if (!bearer) throw new Problem('unauthenticated', 'Nobody is signed in');
    reply.header('cache-control', 'no-store');
    // By these names a role is chosen with X-Ceresio-Role.
    return { actor: bearer.actor, role: actorName(bearer.actor), roles: bearer.roles.map(actorName) };
  }
}

function sessionsOf(request: FastifyRequest): BrowserSessions {
  const { sessions } = request.server;
  if (!sessions) throw new Problem('not-found', 'This installation has no sign-in for browsers; send a token');
  return sessions;
}
