import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { RpcClient, type RunningService, ServiceModule, startService } from '#libs/service';
import { AppModule } from '../src/app.module.js';
import { configSchema } from '../src/config.js';
import { httpSide } from '../src/http/http.side.js';
import { TestIssuer } from './test-issuer.js';

/** A gateway on a free port, for the tests beside the features. Other services are stood in for by controllers of the test's own. */
export class TestGateway {
  issuer!: TestIssuer;
  private readonly running: RunningService[] = [];
  url = '';

  static async start(
    natsUrl: string,
    responders: Type<unknown>[] = [],
    env: Record<string, string> = {},
  ): Promise<TestGateway> {
    const gateway = new TestGateway();
    gateway.issuer = await TestIssuer.start();
    const config = configSchema.parse({
      LOG_LEVEL: 'silent',
      NATS_URL: natsUrl,
      PORT: '0',
      OIDC_ISSUER: gateway.issuer.url,
      OIDC_LOCAL: 'true',
      // Tests ask more in a second than people in a minute; the test of the limits sets them.
      RATE_USER: 'off',
      RATE_ADDRESS: 'off',
      RATE_MATCHES: 'off',
      ...env,
    });
    for (const responder of responders)
      gateway.running.push(await startService('stand-in', standIn(responder), config));
    const service = await startService('gateway', AppModule, config, httpSide);
    gateway.running.push(service);
    gateway.url = await service.app.getUrl();
    return gateway;
  }

  /** A token as the platform's command makes it, with claims changed where the test wants them wrong. */
  token(sub: string, claims: Record<string, unknown> = {}): Promise<string> {
    return this.issuer.token(sub, claims);
  }

  /** One request as somebody; `body` goes as JSON, or as it is when it is text. */
  async ask(
    as: string | undefined,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(as && { authorization: `Bearer ${await this.token(as)}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : text };
  }

  /** Requests of the gateway's own. */
  rpc(): RpcClient {
    return this.running.at(-1)!.app.get(RpcClient, { strict: false });
  }

  /** Ends the gateway alone. */
  stopGateway(): Promise<void> {
    return this.running.pop()?.stop() ?? Promise.resolve();
  }

  async stop(): Promise<void> {
    for (const service of this.running.reverse()) await service.stop();
    await this.issuer.stop();
  }
}

function standIn(controller: Type<unknown>) {
  @Module({})
  class StandIn {
    static forRoot(config: { NATS_URL: string }): DynamicModule {
      return { module: StandIn, imports: [ServiceModule.forRoot('stand-in', config)], controllers: [controller] };
    }
  }
  return StandIn;
}
