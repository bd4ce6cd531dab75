import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#libs/contracts';
import type { EdgeConfig, Rate } from './edge.config.js';

/** Callers that are remembered at once, in each counter. */
const CALLERS_MAX = 20_000;

type Count = ReturnType<FastifyInstance['createRateLimit']>;
interface Counter {
  count: Count;
  seconds: number;
}

/** Counts the requests of each person, key and address in this process, and refuses those that are too many. */
export class Throttle {
  private user?: Counter;
  private account?: Counter;
  private address?: Counter;
  private matches?: Counter;

  constructor(server: FastifyInstance, config: EdgeConfig) {
    void server.register(rateLimit, { global: false, cache: CALLERS_MAX });
    server.addHook('onReady', async () => {
      const counter = (rate: Rate | undefined, key: (request: FastifyRequest) => string): Counter | undefined =>
        rate && {
          seconds: rate.seconds,
          count: server.createRateLimit({ max: rate.max, timeWindow: rate.seconds * 1000, keyGenerator: key }),
        };
      this.user = counter(config.RATE_USER, callerOf);
      this.account = counter(config.RATE_ACCOUNT, callerOf);
      this.matches = counter(config.RATE_MATCHES, callerOf);
      // The library's own key: an IPv6 caller has a whole network of addresses, and counts as one.
      const { RATE_ADDRESS: rate } = config;
      this.address = rate && {
        seconds: rate.seconds,
        count: server.createRateLimit({ max: rate.max, timeWindow: rate.seconds * 1000 }),
      };
    });
  }

  /** Throws `too-many-requests` when whoever asks has had enough for now. Who is known counts by name, everybody else by address. */
  async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { bearer } = request;
    if (!bearer) return this.take(this.address, request, reply);
    await this.take(bearer.actor.kind === 'account' ? this.account : this.user, request, reply);
    if (request.method === 'POST' && request.routeOptions.url?.startsWith('/v1/matches'))
      await this.take(this.matches, request, reply);
  }

  private async take(counter: Counter | undefined, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const taken = await counter?.count(request);
    if (!taken || taken.isAllowed) return;
    reply
      .header('ratelimit-limit', taken.max)
      .header('ratelimit-remaining', taken.remaining)
      .header('ratelimit-reset', taken.ttlInSeconds)
      .header('ratelimit-policy', `${taken.max};w=${counter?.seconds}`);
    if (!taken.isExceeded) return;
    reply.header('retry-after', taken.ttlInSeconds);
    throw new Problem(
      'too-many-requests',
      `At most ${taken.max} requests in ${counter?.seconds} seconds; come back in ${taken.ttlInSeconds}`,
    );
  }
}

// One person has one count, whichever of their roles they ask in.
function callerOf({ bearer, ip }: FastifyRequest): string {
  return bearer?.subject ?? ip;
}
