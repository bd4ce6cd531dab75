import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { LocalIssuer } from './local-issuer.js';
import { signInPage } from './page.js';
import { knownPeople } from './people.js';
import { localProvider } from './provider.js';
import { localSubject } from './subject.js';

const FORM_MAX = 2048;
// Chromium holds the answer to a form to `form-action` as well: it ends at the platform, on a port of this machine.
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self' http://127.0.0.1:* http://localhost:*; frame-ancestors 'none'; base-uri 'none'";

// A name with a dot that leads here is a page elsewhere that tries to talk to this machine; containers call each other by one word.
const HERE = /^(?:127\.0\.0\.1|\[::1\]|[a-z][a-z0-9-]*)(?::\d+)?$/i;

/** Serves the local issuer. `gateway` says where the platform is, asked anew each time: it may not be there yet. `life` of an access token in seconds. */
export function issuerServer(local: LocalIssuer, gateway: () => string | undefined, life?: number): Server {
  const provider = localProvider(local, life);
  const others = provider.callback();
  return createServer((request, response) => {
    if (!HERE.test(request.headers.host ?? '')) {
      send(response, 421, 'This is not my name.');
      return;
    }
    const uid = /^\/sign-in\/[\w-]{1,64}$/.test(request.url ?? '') ? request.url : undefined;
    if (!uid) {
      void others(request, response);
      return;
    }
    signIn(provider, local, gateway(), request, response).catch(() => {
      // The library knows the sign-in by a cookie of its own; without it there is nothing to go on with.
      if (!response.headersSent)
        send(response, 400, 'This sign-in has expired. Go back to the platform and begin again.');
    });
  });
}

async function signIn(
  provider: Provider,
  local: LocalIssuer,
  gateway: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const interaction = await provider.interactionDetails(request, response);
  const { uid } = interaction;
  let wrong: string | undefined;
  if (request.method === 'POST') {
    const given = new URLSearchParams(await bodyOf(request)).get('as')?.trim() ?? '';
    const subject = localSubject(given);
    if (subject) {
      // Whoever was signed in before leaves first: the library would ask whether that is meant.
      const before = interaction.session?.uid && (await provider.Session.findByUid(interaction.session.uid));
      if (before) {
        await before.destroy();
        delete interaction.session;
        await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
      }
      // The library asks for consent whenever a program on this machine signs in; to have chosen is to have consented.
      await provider.interactionFinished(request, response, { login: { accountId: subject }, consent: {} });
      return;
    }
    wrong = `"${given.slice(0, 100)}" is nobody. An id is a UUID; a territory is a NUTS code such as ITC43.`;
  }
  const people = gateway ? await knownPeople(local, gateway) : { firms: [], experts: [] };
  send(response, wrong ? 400 : 200, signInPage(`/sign-in/${uid}`, people, wrong), 'text/html; charset=utf-8');
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > FORM_MAX) throw new Error('too long');
  }
  return text;
}

function send(response: ServerResponse, status: number, body: string, type = 'text/plain; charset=utf-8'): void {
  response
    .writeHead(status, {
      'content-type': type,
      'content-security-policy': POLICY,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    .end(body);
}
